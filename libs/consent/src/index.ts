export { ConsentModule } from './consent.module.js';
export { Consents, type GivenBy, type RecordedConsent } from './events/consents.service.js';
export { WithdrawalConsequences } from './events/withdrawal-consequences.js';
export { Gate, type GateQuestion } from './gate/gate.service.js';
