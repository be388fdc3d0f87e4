export const changes = {
  decide: 'Read and decide',
  proposedByName: 'Proposed by {{name}}',
  purpose: 'It widens what is allowed, so a second operator decides. Nothing has changed yet.',
  purposes: {
    relativeLink:
      'A near relative asks about the data of somebody who died: a privacy officer looks at the evidence as well. Nothing has happened yet.',
    holderCreation:
      'Once registered it is asked about people, by what they are known by: a second operator decides. Nothing has happened yet.',
    holderRemoval:
      'What a removed holder keeps is looked after by nobody, so a second operator decides. Nothing has changed yet.',
    holderSecretReplacement:
      'Whoever has the secret signs for the service, so a second operator decides. The present secret still counts.',
    minorLook:
      'A colleague wants to look at a minor’s data, so somebody else agrees first. Nothing has been shown yet.',
    requestBulkDecision:
      'Many requests are decided at once, so a second person looks first. Nothing has been decided yet.',
    operatorAmendment: 'Who may do what in the console is decided by two. Nothing has changed yet.',
    operatorSuspension: 'They cannot sign in any more. Whether it stays so, a second person decides.',
  },
  kinds: {
    relativeLink: 'Link the request {{name}} of a near relative to the account of who died',
    deathWithdrawal: 'Take back that somebody died',
    minorLook: 'Look at a minor’s data',
    clientCreation: 'Add the service client “{{name}}”',
    clientAmendment: 'Widen the service client “{{name}}”',
    clientRotation: 'Give the service client “{{name}}” a new secret',
    operatorCreation: 'Add the operator {{name}}',
    operatorAmendment: 'Change the access of {{name}}',
    operatorSuspension: 'Shut out {{name}}',
    operatorFactorReset: 'Take away the second factor of {{name}}',
    requestBulkDecision: 'Decide on {{name}} alike',
    webhookSubscription: 'Tell “{{name}}” of requests',
    registryAddition: 'Register “{{name}}”',
    requestSettings: 'Change how requests are answered',
    registryAmendment: 'Change “{{name}}” in the registers',
  },
  opens: 'What this would open',
  opensOf: { holderRemoval: 'What would follow', holderSecretReplacement: 'What would follow' },
  opensMore_one: 'and one more',
  opensMore_other: 'and {{count}} more',
  facts: 'What is proposed',
  proposedBy: 'Proposed by',
  until: 'Can be decided until',
  decidedBy: 'Decided by',
  reason: 'Reason',
  reasonHint: 'Kept with the evidence. Needed to reject.',
  reasonMissing: 'Say why it is rejected',
  confirm: 'Confirm',
  reject: 'Reject',
  confirmed: 'Confirmed. It is in effect.',
  rejected: 'Rejected. It is as it was.',
  own: 'You proposed this. Another administrator decides, or a privacy officer where there is none.',
  aboutYou: 'This is about your own access, so somebody else decides.',
  notYours:
    'Another administrator than the one who proposed it decides on this, or a privacy officer where there is none.',
  ownOf: {
    requestBulkDecision: 'You proposed this. Another privacy officer decides.',
    relativeLink: 'You proposed this. A privacy officer decides.',
    deathWithdrawal: 'You proposed this. Another privacy officer decides.',
    minorLook: 'You asked for this. An administrator or another privacy officer decides.',
  },
  notYoursOf: {
    requestBulkDecision: 'A privacy officer other than the one who proposed it decides on this.',
    relativeLink: 'A privacy officer other than the one who proposed it decides on this.',
    deathWithdrawal: 'A privacy officer other than the one who proposed it decides on this.',
    minorLook: 'An administrator or a privacy officer other than the one who asked decides on this.',
  },
  relativeLink: {
    request: 'The relative’s request',
    open: 'Open it, with the evidence',
    account: 'Account of who died',
    show: 'Open',
  },
  minorLook: { person: 'Subject', unnamed: 'No name given', why: 'Why' },
  bulk: { count: 'Requests', each: 'Request by request', show: 'See which' },
  waitingHere_one: '{{count}} change waits for a second operator.',
  waitingHere_other: '{{count}} changes wait for a second operator.',
  follows: {
    relativeLink:
      'Once confirmed, the account says that its owner died, and the request goes on about its data. Rejected, nothing changes.',
    deathWithdrawal:
      'Confirmed, the account is its owner’s again, and what relatives asked is taken back. Rejected, nothing changes.',
    minorLook:
      'Confirmed, whoever asked may look at this minor’s data for an hour, and each look is recorded. Rejected, nothing is shown.',
    clientCreation: 'Confirmed, whoever proposed it can have the secret shown once. Rejected, nothing changes.',
    clientRotation: 'Confirmed, whoever proposed it can have the secret shown once. Rejected, nothing changes.',
    operatorCreation:
      'Confirmed, an invitation goes to their address and they choose a password; then they hold these roles. Rejected, nothing changes.',
    operatorAmendment:
      'Confirmed, it takes effect at once and their sessions end where roles change. Rejected, nothing changes.',
    operatorSuspension:
      'Confirmed, they stay shut out and no longer count as a second person. Rejected, they can sign in again.',
    operatorFactorReset:
      'Confirmed, they sign in with the password alone until they enrol a new factor, and their sessions end. Rejected, nothing changes.',
    requestBulkDecision:
      'Confirmed, each request is decided by itself; one of which something else is held by then is left out. Rejected, nothing changes.',
    others: 'Confirmed, it takes effect at once. Rejected, nothing changes.',
  },
  states: { waiting: 'Waiting', confirmed: 'Confirmed', rejected: 'Rejected', expired: 'Too late' },
  fields: {
    roles: 'Roles',
    access: 'Access',
    name: 'Name',
    label: 'Name',
    kind: 'Kind',
    region: 'Region',
    contractUntil: 'Contract until',
    contact: 'Contact',
    purpose: 'What for',
    isActive: 'Active',
    isSensitive: 'Sensitive',
    isLocation: 'Location',
    isCoveredByGpc: 'Stops at Global Privacy Control',
    isLocationBased: 'Location-based',
    policyLink: 'Its own policy',
    use: 'Used as',
    eventFields: 'What its events hold',
  },
  uses: { signIn: 'Sign-in', shareButton: 'Share button', advertising: 'Advertising', link: 'Link' },
  changedValue: 'Changed',
  noRoles: 'none',
  maySignInAgain: 'May sign in again',
  staysShutOut: 'Shut out for good; already cannot sign in',
};
export const overview = { parts: { changes: 'Changes that wait for a second operator' } };
