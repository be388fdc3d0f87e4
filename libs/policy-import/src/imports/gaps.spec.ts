import { profiles } from '@abide/rulebook';
import { gapsOf } from './gaps.js';
import type { PolicyImport } from './policy-import.entity.js';

/** An import with one clause and one proposal, accepted as it was proposed. */
function accepted(term: object, open: readonly string[]): PolicyImport {
  const proposal = { id: 'p', clauseId: '1', paragraph: 0, start: 0, end: 4, term, evidence: [], open };
  return {
    clauses: [{ id: '1', heading: 'One', body: 'Text', paragraphs: [] }],
    proposals: [proposal],
    decisions: { p: { decision: 'accepted', term } },
    translations: { '1': { heading: '一', body: '正文', isOutdated: false } },
  } as unknown as PolicyImport;
}

const missingMembers = (imported: PolicyImport) =>
  gapsOf(imported, [], profiles['cn-pipl']).flatMap(({ code, field }) =>
    code === 'import.undecided_member' ? [field] : [],
  );

describe('what nobody has chosen of a term that was accepted', () => {
  const notice = { leadDays: 7, channels: ['email'] } as const;

  it('is found within a member of several', () => {
    const open = ['notice.leadDays', 'notice.channels', 'acceptance'];
    expect(missingMembers(accepted({ type: 'change', notice, acceptance: 'none' }, open))).toEqual([]);
    expect(missingMembers(accepted({ type: 'change', notice: { leadDays: 7 } }, open))).toEqual([
      'notice.channels',
      'acceptance',
    ]);
  });

  it('is no period where an event says when', () => {
    const kept = { type: 'retention', categories: ['*'], then: 'delete' } as const;
    expect(missingMembers(accepted(kept, ['period']))).toEqual(['period']);
    expect(missingMembers(accepted({ ...kept, until: 'accountClosure' }, ['period']))).toEqual([]);
  });
});
