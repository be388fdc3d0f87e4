export const overview = {
  purpose: 'What waits for you first, then what is announced and how its notices stand.',
  mine: 'Waits for you',
  nothingMine: 'Nothing waits for you.',
  toRequests: 'See all requests',
  toPolicies: 'See the policies',
  others: 'Waits for somebody else',
};

export const frame = { entries: { overview: 'Overview' } };
