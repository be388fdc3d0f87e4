export const mandates = {
  title: 'Contact person and members',
  ofPerson: 'Acts for enterprises',
  note: 'The enterprise names its contact person, who confirms it by a code; members are let act by the contact person until a day. With another contact person, the one before and all members act no more at once.',
  none: 'The enterprise named no contact person.',
  unnamed: 'No name given',
  roles: { contact: 'Contact person', member: 'Member' },
  states: {
    named: 'Not confirmed yet',
    lapsed: 'Never confirmed',
    acting: 'May act',
    expired: 'Expired',
    ended: 'Ended',
  },
  ends: {
    replaced: 'Another contact person was named',
    ended: 'Ended by the contact person',
    left: 'Left',
    endedByOperator: 'Ended by a colleague',
  },
  acts: {
    askAccess: 'See and copy data',
    askCorrection: 'Correct data',
    readNotices: 'Read notices',
    readConsents: 'Read consents',
  },
  namedAt: 'named',
  confirmedAt: 'confirmed',
  until: 'until',
  endedAt: 'ended',
  end: 'Let act no more',
  follows: {
    contact:
      'This person, and all members of the enterprise, can act for it no more at once. The enterprise can name another contact person in its own account.',
    member: 'This person can act for the enterprise no more at once. The contact person can let them again.',
  },
  hasEnded: 'They can act no more.',
};
