export const deliveries = {
  state: 'State',
  replayed: 'On its way again.',
  kinds: { other: 'A message', request: { opened: 'A request was opened', closed: 'A request was closed' } },
  receivers: {
    tab: 'Who is told',
    purpose:
      'Systems that are told when a request is opened or closed: its number, kind, state and times, nothing about a person.',
    empty: 'No other system is told of requests.',
    add: 'Tell another system',
    name: 'Receiver',
    url: 'Address',
    events: 'Told that',
    since: 'Since',
    missing: 'Fill this in.',
    propose: 'Ask a colleague to confirm',
    proposed: 'A second operator has to confirm it.',
    showSecret: 'Show the secret',
    secret: 'Secret for the signatures',
    secretOnce: 'It is shown this once. Give it to whoever runs the receiver.',
    end: 'Stop',
    endSure: 'Tell it nothing any more, from now on?',
    ended: 'It is told nothing any more.',
  },
  webhooks: {
    tab: 'Messages to other systems',
    purpose: 'What other systems are told, and how far it has come. What nobody took can be sent again.',
    empty: 'Nothing was sent to another system yet.',
    kind: 'Message',
    destination: 'To',
    attempts: 'Attempts',
    failure: 'Why the last one failed',
    nextAttemptAt: 'Next attempt',
    createdAt: 'Since',
    replay: 'Send again',
  },
  failures: {
    other: 'It did not work',
    addressForbidden: 'The address is not a public https one, nor one that was allowed',
    hostUnknown: 'Nobody answers for the name of the address',
    unreachable: 'The receiver cannot be reached',
    timedOut: 'The receiver did not answer in time',
    answerTooLarge: 'The answer was longer than allowed',
    redirected: 'The receiver sent us elsewhere ({{status}}); redirects are not followed',
    gone: 'The receiver says that it takes nothing any more (410)',
    refused: 'The receiver answered {{status}}',
    notComposed: 'The message could not be put together; the log says why',
    answerNotTaken: 'The receiver took it, and its answer could not be used; the log says why',
  },
  work: {
    tab: 'Failed work',
    purpose:
      'Work in the background that failed every time. The log says why; it can be run again once the cause is gone.',
    empty: 'All work is done.',
    what: 'Work',
    queuedAt: 'Asked for',
    failedAt: 'Given up',
    replay: 'Run again',
  },
  queues: {
    other: 'Other work',
    identity: { admit_ward: 'Admit a child after its guardian confirmed' },
    notifications: { first_pass: 'First pass of a notice campaign', outreach: 'Send a survey or marketing' },
    consent: {
      reminder: 'Send consent reminders',
      hand_over_message: 'Tell a young adult that their consents are theirs',
    },
  },
};

export const frame = { entries: { deliveries: 'Deliveries' } };
export const settings = {
  permissions: { delivery: { read: 'See deliveries and failed work', replay: 'Send or run again what failed' } },
};
export const states = { pending: 'On its way', delivered: 'Delivered', dead: 'Given up' };
export const acts = {
  webhook: {
    subscribed: 'System told of requests',
    ended: 'System no longer told of requests',
    secretShown: 'Secret for signatures shown',
    replayed: 'Message to another system sent again',
  },
  job: { replayed: 'Failed work run again' },
};
export const objects = {
  webhookSubscription: 'System told of requests',
  webhook: 'Message to another system',
  job: 'Work in the background',
};
export const problems = {
  webhook: {
    not_found: 'There is no such message any more.',
    not_dead: 'This message was not given up. Nothing was changed; load the page anew.',
  },
  job: { not_found: 'There is no such work any more. Nothing was changed; load the page anew.' },
};
