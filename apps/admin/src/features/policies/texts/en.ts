export { policies } from './en/policies.js';

export const frame = { entries: { policies: 'Policies' } };
export const overview = { parts: { revisions: 'Revisions on their way' } };
export const timeline = {
  kinds: { accepted: 'Agreed · {{policy}}, revision {{revision}}' },
  parts: { acceptances: 'Acceptances' },
};
