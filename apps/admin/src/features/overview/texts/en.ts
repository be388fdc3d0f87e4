export const overview = {
  purpose: 'What waits for you first, then what is announced and how its notices stand.',
  mine: 'Waits for you',
  nothingMine: 'Nothing waits for you.',
  decideChange: 'Read and decide',
  changeUntil: 'Proposed by {{name}}',
  toPolicies: 'See the policies',
  others: 'Waits for somebody else',
  scheduled: 'Announced',
  nothingScheduled: 'Nothing is announced.',
  allCampaigns: 'All campaigns',
  noCampaigns: 'No campaign is going.',
  coverageOf: 'Coverage of {{title}}',
  acts: { submission: 'Continue', approval: 'Read and decide', schedule: 'Schedule' },
};

export const frame = { entries: { overview: 'Overview' } };
