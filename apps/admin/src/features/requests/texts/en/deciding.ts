/** Deciding: what can be chosen, and what follows. */
export const deciding = {
  decisionOn: 'Decision on: {{type}}',
  choices: {
    held: { grant: 'Grant all', perCategory: 'Decide one by one', refuse: 'Refuse all' },
    deletion: { grant: 'Grant all but what has to stay' },
    plain: { grant: 'Grant', refuse: 'Refuse' },
    words: { grant: 'Answer', refuse: 'Decline to answer' },
    complaint: { grant: 'Dealt with', refuse: 'Not upheld' },
  },
  mayNotGrant: 'A ground forbids to grant this. Keep, restrict or refuse it.',
  ground: 'Ground to keep it',
  groundArticle: 'Article',
  groundUntil: 'Kept until (may be left empty)',
  staysUntil: 'until {{day}}',
  keptUntil: 'Kept until',
  clauses: 'Clauses',
  absent: 'Looked for and not there: {{kinds}}',
  answerNeeded: 'This is answered in words. They read it as it is.',
  followsFrom: {
    refused: 'Then: the person reads the reason at once, and may ask somebody else to look at it for thirty days.',
    awaitingSecond: 'Then: a colleague confirms it or sends it back. Until then the person sees nothing of it.',
    allStays:
      'Then: nothing can be deleted, all of it has to stay. Nothing waits: the person reads at once why and until when, and may appeal.',
    waiting:
      'Then: it is approved, and waits. Until the wait is over the person sees what will go, and may take it back. Then it is carried out by itself.',
    fulfilling: 'Then: it is carried out holder by holder, and the person is answered when all are done.',
    closed: 'Then: the person is answered at once.',
  },
  confirm: {
    title: { deletion: 'Confirm the deletion', closure: 'Confirm that the account is closed' },
    goes_one: '{{count}} record is deleted',
    goes_other: '{{count}} records are deleted',
    stays_one: '{{count}} record is not deleted',
    stays_other: '{{count}} records are not deleted',
    signIn:
      'They sign in by this: {{kinds}}. Once it is deleted they can no longer sign in by it, nor get codes and notices there.',
    unknown: 'How many there are is not known yet: {{holders}}',
    do_one: 'Grant the deletion of {{count}} record',
    do_other: 'Grant the deletion of {{count}} records',
    back: 'Go back',
  },
  changed: {
    title:
      'What is held has changed since you opened this. What you filled in is still here: look at it again before you send it.',
    line: '{{category}} ({{holder}}): {{from}} → {{to}}',
    grounds: '; so have the grounds to keep it',
    none: 'none',
    records_one: '{{count}} record',
    records_other: '{{count}} records',
  },
  waiting: {
    title: 'Waiting time',
    note: 'No holder has begun to delete. The person may take it back, or end the wait themselves; nobody else shortens it. Then it is carried out by itself, and nobody takes it back.',
    until: 'May be taken back until',
    left: 'Left',
  },
  closed: {
    title: 'What came of it',
    outcomes: { granted: 'Granted', partlyGranted: 'Granted in part', refused: 'Not granted' },
    at: 'Ended',
    inTime: 'In time',
    yes: 'Yes',
    no: 'After the deadline',
    packageUntil: 'Package can be fetched until',
    fetched: 'Fetched',
    times_one: '{{count}} time',
    times_other: '{{count}} times',
    fetchedLast: 'Last fetched',
  },
  withheldSecond:
    'This decision waits for you to confirm it or send it back, which needs a look at it. Say why here and ask a colleague to let you look; once they agree, “Confirm the decision” and “Send it back” stand at the top of the page.',
};
