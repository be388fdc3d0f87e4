export const holders = {
  purpose: 'Services outside that keep personal data. Requests ask each of them, and wait until it has answered.',
  empty: 'No service outside is registered.',
  add: 'Register a holder',
  waiting: 'A second operator has to confirm it.',
  name: 'Name',
  nameZh: 'Name in Chinese',
  nameEn: 'Name in English',
  code: 'Code',
  codeHint: 'Small letters, digits and hyphens; never given twice.',
  address: 'Address',
  addressHint: 'Where it answers the contract, such as https://ticketing.internal:8443/abide',
  networks: 'Networks',
  networksHint: 'One on each line, such as 10.0.0.0/8. Left empty, its address has to be a public one.',
  categories: 'Kinds of data',
  state: 'State',
  states: { active: 'In use', suspended: 'Suspended', removed: 'Removed' },
  health: 'Health',
  healths: { unknown: 'Never asked', answering: 'Answering', failing: 'No answer' },
  lastAnsweredAt: 'Last answer',
  failingSince: 'Failing since',
  open: 'Requests wait for',
  openCounts: '{{waiting}} waiting, {{dead}} given up',
  failures: {
    addressForbidden: 'Its address lies outside of the networks named',
    hostUnknown: 'Nobody knows its name',
    unreachable: 'It cannot be reached',
    timedOut: 'It took too long',
    answerTooLarge: 'Its answer was too long',
    redirected: 'It pointed somewhere else',
    gone: 'It says that it is gone for good',
    refused: 'It refused to answer',
    badSignature: 'Its answer was not signed as it should be',
    badAnswer: 'Its answer was not of the agreed form',
    incomplete: 'Its answer ended early',
    noCallback: 'The answer that it promised never came',
    suspended: 'It is suspended',
  },
  check: 'Try it',
  checked: '{{name}} answers.',
  unregistered: 'It also keeps {{categories}}, which it was not registered for.',
  secret: 'Show the secret',
  secretName: 'Signing secret',
  secretOnce: 'It is shown this once. Give it to whoever runs the service; both sides sign with it.',
  suspend: 'Suspend',
  suspendHint: 'It is asked nothing more, at once. Asking it again takes two operators.',
  resume: 'Ask it again',
  remove: 'Remove',
  removeHint: 'For good. Requests that wait for it stay open and name it.',
  reason: 'Reason',
  reasonMissing: 'Say why; it is kept as evidence.',
};

export const frame = { entries: { holders: 'Holders outside' } };
export const settings = {
  permissions: {
    holder: { read: 'See the services outside that keep data', manage: 'Register, try, suspend and remove them' },
  },
};
export const changes = {
  kinds: { holderCreation: 'Register the holder “{{name}}”', holderResumption: 'Ask the holder “{{name}}” again' },
  follows: {
    holderCreation:
      'Confirmed, requests ask it from now on, and whoever proposed it can have its secret shown once. Rejected, nothing changes.',
    holderResumption: 'Confirmed, it is asked for what it owes at once. Rejected, it stays suspended.',
  },
  fields: { baseUrl: 'Address', networks: 'Networks' },
};
export const acts = {
  holder: {
    registered: 'Holder outside registered',
    secretShown: 'Secret of a holder shown',
    suspended: 'Holder suspended',
    resumed: 'Holder asked again',
    removed: 'Holder removed',
  },
};
export const objects = { holder: 'Holder outside' };
export const problems = {
  holder: {
    not_found: 'There is no such holder.',
    code_taken: 'A holder has this code, or had it. Choose another.',
    bad_address: 'An address begins with https://, and has no password, question mark or #.',
    bad_network: 'A network looks like 10.0.0.0/8 or fd00::/8.',
    state: 'The holder is not at a point where this can be done. Nothing was changed.',
    no_secret_due: 'No secret waits here for you. It is shown once, to whoever proposed the holder.',
    unproven: 'The answer is not signed as it should be. Nothing was taken.',
    not_waited_for: 'Nobody waits for this answer.',
  },
};
