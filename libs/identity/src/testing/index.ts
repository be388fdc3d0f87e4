export { aChild, aChildNaming, anAdult, bornYearsAgo, type TestFamily } from './families.js';
export { aMember, anEnterprise, confirmMandate, mandateOf, signedInByCode } from './enterprises.js';
export { letLook } from './minor-looks.js';
export {
  advance,
  anOperator,
  aSignedInOperator,
  createIdentityApp,
  goodPassword,
  identityStack,
  resetClock,
  TestConsole,
} from './app.js';
export {
  anEmail,
  aRegistration,
  aSignedInSubject,
  aSubject,
  codeTo,
  confirm,
  messagesTo,
  subjectPassword,
  TestClientApp,
} from './people.js';
