export const holds = {
  purpose: 'What of people’s data is not deleted, though it could be: on which ground, and until when.',
  empty: 'There are no holds. One is placed on the page of the person whose data it is about.',
  emptyOfOne: 'Nothing of this person is held. A hold keeps what a court, an authority or a dispute needs.',
  find: 'Find the person to place one',
  place: 'Place a hold',
  placed: 'The hold is placed and in force.',
  followsPlacing:
    'It is in force at once: what it covers is not deleted until it ends, whatever the person or a deadline asks for. Lifting it before takes a second operator.',
  article: 'Article or order',
  articleHint: 'The person reads it where they may know. Put case numbers and names into the notes.',
  ground: 'Ground',
  grounds: {
    litigation: 'Litigation or arbitration',
    courtOrder: 'Order of a court',
    investigation: 'Investigation by an authority',
    supervision: 'Supervisory inspection',
    incident: 'Security incident',
  },
  covers: 'Covers',
  coversHint: 'Left empty: everything.',
  everything: 'Everything held',
  from: 'Collected from',
  to: 'Collected before',
  periodHint: 'Left empty: whenever it was collected.',
  until: 'Ends',
  untilHint: 'From then on it holds nothing. Within ten years.',
  told: 'Told to the person',
  seen: 'Yes',
  barred: 'No',
  barredBy: 'No, by {{article}}',
  mayNotTell: 'A law forbids to tell the person',
  tellingHint:
    'Otherwise they see the ground, the article and the end. What they are answered must not hint at it then.',
  barredArticle: 'The law that forbids it',
  notes: 'Notes',
  notesHint: 'Kept sealed under the person’s keys. They can take them along, unless a law forbids to tell them.',
  documents: 'Documents',
  documentsHint: 'PDF, pictures or plain text, ten of 10 MiB each at most. Kept sealed.',
  person: 'Person',
  unnamed: 'Without a name',
  what: 'What is held, and why',
  state: 'State',
  states: { inForce: 'In force', expired: 'Ended', lifted: 'Lifted' },
  placedAt: 'Placed',
  placedBy: 'Placed by',
  lift: 'Lift the hold',
  askLifting: 'Ask to lift it',
  liftingWaits: 'Lifting waits for a second operator',
  liftingReason: 'Why it is lifted',
  followsLifting:
    'A second operator decides. Once they confirm, what it covers can be deleted again, for good; until then it stays in force.',
  asked: 'It waits for a second operator. The hold stays in force.',
  lifted: 'The hold is lifted.',
  liftedAt: 'Lifted',
  missing: 'This is needed.',
  notToBeTold: 'not to be told',
};
export const frame = { entries: { holds: 'Holds' } };
export const settings = {
  permissions: { hold: { read: 'See holds', write: 'Place holds, ask to lift them' } },
};
export const acts = {
  hold: { placed: 'Hold placed', liftingAsked: 'Hold: lifting asked for', lifted: 'Hold lifted' },
};
export const objects = { hold: 'Hold' };
export const changes = {
  kinds: { holdLifting: 'Lift the hold under {{name}}' },
  follows: {
    holdLifting:
      'Confirmed, what the hold covers can be deleted again, for good. Rejected, it stays until its end. Why it is to be lifted stands on the page of the hold.',
  },
};
export const problems = {
  hold: {
    not_found: 'There is no such hold.',
    unknown_subject: 'There is no such account. Nothing was placed.',
    unknown_category: 'There is no such kind of data. Nothing was placed.',
    bad_end: 'A hold ends in the future, and within ten years. Nothing was placed.',
    bad_period: 'The period ends after it begins. Nothing was placed.',
    over: 'The hold has ended already. Nothing was changed.',
  },
  request: {
    held: 'A hold forbids to delete this. Keep it, or have the hold lifted. Nothing was decided.',
    no_hold: 'No hold covers this, so that none can keep it. Nothing was decided.',
  },
};
