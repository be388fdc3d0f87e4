/** What the audit trail and timelines call an act. */
export const acts = {
  policy: {
    revision_edit: 'Policy text saved',
    revision_submission: 'Revision submitted for review',
    revision_approval: 'Revision approved',
    revision_rejection: 'Revision sent back',
    revision_schedule: 'Revision scheduled',
    revision_activation: 'Revision took effect',
    revision_supersession: 'Revision superseded',
    revision_withdrawal: 'Revision withdrawn',
    accepted: 'Revision accepted',
  },
  campaign: {
    started: 'Notice campaign started',
    first_pass_completed: 'First pass of the campaign complete',
    cancelled: 'Notice campaign cancelled',
    completed: 'Notice campaign completed',
  },
  outreach: { started: 'Survey or marketing sent', cancelled: 'Survey or marketing cancelled', completed: 'Survey or marketing completed' },
  subject: {
    registered: 'Subject registered',
    guardianAwaited: 'Registration waits for a guardian',
    found: 'Subject looked up',
    soughtInVain: 'Look-up found nobody',
    revealed: 'Masked data revealed',
    profileChanged: 'Profile changed',
    identifierChanged: 'Phone or email changed',
    passwordChanged: 'Subject’s password changed',
  },
  device: { linked: 'Device linked', unlinked: 'Device unlinked' },
  operatorSession: {
    started: 'Operator signed in',
    ended: 'Operator’s session ended',
    allEnded: 'All sessions of an operator ended',
    refused: 'Sign-in refused',
    steppedUp: 'Password confirmed again',
  },
  operatorChange: { proposed: 'Operator change proposed', confirmed: 'Operator change confirmed', rejected: 'Operator change rejected' },
  operator: {
    created: 'Operator added',
    rolesChanged: 'Operator’s roles changed',
    activated: 'Operator let in again',
    deactivated: 'Operator shut out',
    passwordChanged: 'Operator’s password changed',
    factorEnrolled: 'Second factor enrolled',
    factorRemoved: 'Second factor removed',
  },
  client: { created: 'Service client added', rotated: 'Service client’s secret renewed', revoked: 'Service client ended' },
  registry: { entry_added: 'Registry entry added', entry_changed: 'Registry entry changed' },
  signingKey: { rotated: 'Signing key renewed' },
};

export const actors = { operator: 'an operator', subject: 'the subject', client: 'a service client', system: 'the system' };

export const objects = {
  revision: 'Revision',
  subject: 'Subject',
  policy: 'Policy',
  campaign: 'Campaign',
  outreach: 'Survey or marketing',
  operator: 'Operator',
  operatorSession: 'Session',
  client: 'Service client',
  signingKey: 'Signing key',
  profile: 'Profile',
};
