/** What of a person an operator looks at: each kind leaves one entry an hour. */
export const lookKinds = [
  'profile',
  'guardians',
  'consents',
  'receipts',
  'holdings',
  'positioning',
  'acceptances',
  'notices',
  'timeline',
  'request',
  'holds',
] as const;
export type LookKind = (typeof lookKinds)[number];
