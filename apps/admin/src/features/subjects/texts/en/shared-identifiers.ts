/** Accounts that turned out to have one number or address between them. */
export const sharedIdentifiers = {
  title: 'Accounts with one number',
  purpose:
    'Each pair has the same phone number or email; one of them keeps it in a form of earlier versions. They stay two accounts and are never merged: ask both people whose it is. A pair leaves the list once one of them has another number or is erased.',
  note_one: '{{count}} pair of accounts has the same phone number or email.',
  note_other: '{{count}} pairs of accounts have the same phone number or email.',
  look: 'Look at them',
  none: 'No two accounts have the same phone number or email.',
  former: 'Account with the earlier form',
  present: 'Account with the present form',
  what: 'What is the same',
  foundAt: 'Found',
};
