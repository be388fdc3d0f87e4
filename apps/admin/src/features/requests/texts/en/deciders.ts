/** Whose a request is, who answers it and who decides it. */
export const deciders = {
  who: {
    title: 'Person',
    noAccount: 'No account',
    accountClosed: 'Account closed',
    unnamed: 'No name given',
    by: { web: 'Web', telephone: 'Telephone', letter: 'Letter', counter: 'Counter' },
  },
  lastTried: 'Asked last without an answer; it is asked again by itself.',
  meanwhile: {
    title: 'The request has moved on since you opened it.',
    written: 'What you wrote was not sent. You can copy it from here:',
  },
  joined: { tag: 'Joined', title: 'Joined to', into: 'Joined to {{number}}, of its kind' },
  whoDecides: {
    kind: 'Requests of this kind ({{type}}) are decided by a privacy officer.',
    decidedBefore: 'An appeal is decided by somebody who did not decide before.',
    ownDecision: 'You decided or recorded it: another colleague has to confirm it.',
    names: 'Who may decide: {{names}}. Give it to them with “Hand over”.',
    nobody: 'No colleague may decide it at present: ask an administrator.',
  },
  handOver: {
    title: 'Hand over',
    follows: 'A colleague answers it from now on, or nobody for now. They see it on their overview.',
    onlyAnswers: '{{name}} (may not decide it)',
    missing: 'Say who answers it',
    done: 'It is answered by: {{name}}.',
  },
  extendedUntil: 'The deadline would be',
  extendedOnceAnswered: 'The deadline is counted anew once the person has replied',
};
