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
