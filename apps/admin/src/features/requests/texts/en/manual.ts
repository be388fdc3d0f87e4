/** What is left to a person to do, and how they say that it is done. */
export const manual = {
  open: 'Record what was done',
  choose: 'Choose files',
  title: 'By hand: {{holder}}',
  todo: {
    correction: 'Correct there: {{kinds}}. What it is to be stands under “What is asked”.',
    restriction: 'Stop using there, and only store: {{kinds}}.',
    access: 'Look there for: {{kinds}}, and attach copies of what is theirs.',
    other: 'See to it there: {{kinds}}.',
  },
  needsIdentifier: 'They cannot be looked for there by what we know. See whether anything there is theirs.',
  outcome: 'What came of it',
  outcomes: {
    done: 'Done',
    nothing: 'There was nothing to do',
    withdrawn: 'It can no longer be reached, nor what it kept',
  },
  withdrawn: 'It is no longer in use, and not asked any more. See whether this can still be done there.',
  evidence: 'What was done, and what shows it',
  evidenceHint: 'Kept sealed; the person does not see it.',
  leftTo: 'Left to {{who}}',
  copies: 'Copies of what is held there',
  copiesHint: 'The person finds them in the package. Leave out or black out what is about others.',
  files: 'Files that show it',
  recorded: 'Recorded. The request goes on.',
};
