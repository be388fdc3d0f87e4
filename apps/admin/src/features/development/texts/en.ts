export const development = {
  purpose: 'Exists outside production only.',
  mailbox: 'Mailbox',
  mailboxHint: 'What a channel that is not configured would have sent.',
  noMessages: 'Nothing has been sent.',
  refresh: 'Refresh',
  clock: 'Clock',
  clockHint: 'The time that every rule uses. What falls due runs before the answer.',
  now: 'The server takes it to be',
  steps: { PT1H: '1 hour on', P1D: '1 day on', P7D: '7 days on', P30D: '30 days on' },
  reset: 'Back to real time',
  at: 'Set to',
  atMissing: 'Choose a time',
  set: 'Set',
};

export const frame = { entries: { development: 'Development' } };
