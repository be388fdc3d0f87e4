import type { Atom } from './atoms.js';
import { compare, freshMarks } from './compare/compare.js';
import { compile, withRecipients } from './compile.js';
import { decide } from './decide/decide.js';
import type { Question, SubjectFacts } from './decide/facts.js';
import type { PolicyDocument } from './document.js';
import { atomKey, type FreshKey, type FreshMark } from './freshness.js';
import type { Rulebook } from './rulebook.js';
import type { SharingTerm, Term } from './terms.js';
import { aCrossServiceUse, aPolicy, aRegistry, aServicePolicy, aSharing, aUse } from './testing/builders.js';
import { aGrant, anAcceptance, aQuestion, aSubject, daysAgo } from './testing/subjects.js';

const registry = aRegistry({ services: ['ticketing', 'signing', 'parking'] });

function rulebookOf(documents: readonly PolicyDocument[], marks: readonly FreshMark[] = []): Rulebook {
  const sources = documents.map((document) => ({ document, revision: 2 }));
  const { rulebook, problems } = compile(sources, { ...registry, recipients: documents[0]?.recipients ?? [] }, marks);
  if (!rulebook) throw new Error(JSON.stringify(problems));
  return rulebook;
}

const consenting = aSubject({ consents: [aGrant()] });
const codeOf = (rulebook: Rulebook, facts: SubjectFacts, question: Partial<Question> = {}) =>
  decide(rulebook, facts, aQuestion(question)).results[0]?.code;

function aKeyedMark(atom: Atom, service: string | null, given: Partial<FreshMark & FreshKey> = {}): FreshMark {
  return {
    key: atomKey(atom, service),
    region: null,
    isWeakenedFromConsent: false,
    policy: 'privacy',
    revision: 2,
    effectiveAt: daysAgo(15),
    ...given,
  };
}

/** Marks one atom of the documents as revisions did that were compared before changes had topics. */
function marked(
  documents: readonly PolicyDocument[],
  { service = null, ...given }: { service?: string | null } & Partial<FreshMark & FreshKey> = {},
): Rulebook {
  const [atom] = rulebookOf(documents).atoms;
  return rulebookOf(documents, [aKeyedMark(atom!, service, given)]);
}

describe('a change of an atom, as older revisions recorded it', () => {
  const everywhere = [aPolicy({ terms: [aUse()] })];

  it('needs fresh consent, given to that revision or since', () => {
    const rulebook = marked(everywhere);
    expect(codeOf(rulebook, consenting)).toBe('consent.stale');
    expect(codeOf(rulebook, aSubject({ consents: [aGrant({ revision: 2 })] }))).toBeNull();
    const accepted = [anAcceptance(), anAcceptance({ revision: 2, at: daysAgo(5) })];
    expect(codeOf(rulebook, aSubject({ consents: [aGrant()], acceptances: accepted }))).toBeNull();
  });

  it('reaches every service where it was a change for all, also those registered since', () => {
    const rulebook = marked(everywhere);
    for (const service of ['ticketing', 'signing', 'parking'])
      expect(codeOf(rulebook, consenting, { service })).toBe('consent.stale');
  });

  it('stays in the service that it was a change for', () => {
    const rulebook = marked(everywhere, { service: 'ticketing' });
    expect(codeOf(rulebook, consenting, { service: 'ticketing' })).toBe('consent.stale');
    expect(codeOf(rulebook, consenting, { service: 'signing' })).toBeNull();
    expect(codeOf(rulebook, consenting)).toBeNull();
  });

  it('leaves alone what is said of one service where it was a change for all', () => {
    const own = [aPolicy({ terms: [aUse({ services: ['signing'] })] })];
    expect(codeOf(marked(own), consenting, { service: 'signing' })).toBeNull();
    expect(codeOf(marked(own, { service: 'signing' }), consenting, { service: 'signing' })).toBe('consent.stale');
  });

  it('is about its region alone', () => {
    const shared = [aPolicy({ terms: [aSharing({ regions: ['CN', 'SG'] })] })];
    const facts = aSubject({ consents: [aGrant({ purpose: 'service.provision' })] });
    const share = { action: 'share', purpose: 'service.provision', recipient: 'map-provider' } as const;
    const abroad = marked(shared, { region: 'SG' });
    expect(codeOf(abroad, facts, { ...share, region: 'SG' })).toBe('consent.stale');
    expect(codeOf(abroad, facts, share)).toBeNull();
    expect(codeOf(marked(shared), facts, share)).toBe('consent.stale');
  });

  it('binds the policy that changed, and in its service all that may be done there', () => {
    expect(codeOf(marked(everywhere, { policy: 'another' }), consenting)).toBeNull();
    const both = [...everywhere, aServicePolicy([aUse({ purposes: ['personalisation'] })])];
    const rulebook = marked(both, { policy: 'ticketing-privacy' });
    expect(codeOf(rulebook, consenting, { service: 'ticketing' })).toBe('consent.stale');
    expect(codeOf(rulebook, consenting, { service: 'signing' })).toBeNull();
    expect(codeOf(rulebook, consenting)).toBeNull();
  });

  it('binds what needs no consent only where it was weakened from one', () => {
    const legal = [aPolicy({ terms: [aUse({ basis: 'legalObligation' })] })];
    expect(codeOf(marked(legal), consenting)).toBeNull();
    expect(codeOf(marked(legal, { isWeakenedFromConsent: true }), consenting)).toBe('consent.stale');
  });

  it('is told from any other by what is done with what, for what, where, by whom and in which form', () => {
    const [first, ...others] = rulebookOf([
      aPolicy({
        terms: [
          aCrossServiceUse({ categories: ['usage.habit', 'log.search'] }),
          aCrossServiceUse({ form: 'personalised', minimumGroup: undefined }),
          aCrossServiceUse({ data: 'stored' }),
          aUse({ categories: ['usage.habit'], purposes: ['product.development', 'personalisation'] }),
          aSharing(),
          aSharing({ recipients: ['recipient:carrier'] }),
        ],
      }),
    ]).atoms;
    const keys = [first!, ...others].flatMap((atom) => [null, 'signing'].map((service) => atomKey(atom, service)));
    expect(new Set(keys).size).toBe(keys.length);
    expect(atomKey(first!, 'signing')).toBe(
      'crossServiceUse|usage.habit|product.development|signing||ticketing|collected|aggregated',
    );
    const [used] = rulebookOf(everywhere).atoms;
    expect(atomKey(used!, null)).toBe('use|log.search|advertising.relevant|*||||');
    expect(atomKey({ ...first!, policy: 'other', clauseId: 'moved', basis: 'contract', revision: 9 }, null)).toBe(
      keys[0],
    );
  });
});

describe('a change that was found again at its effect', () => {
  it('binds the policy that changed and no other, where it was not found again', () => {
    const [before, privacy] = [aPolicy({ terms: [] }), aPolicy({ terms: [aUse()] })];
    const other = aPolicy({ policy: 'other', terms: [aUse()] });
    const effect = { policy: 'privacy', revision: 2, effectiveAt: daysAgo(15) };
    const marks = freshMarks(compare({ document: before }, { document: privacy }), effect);
    const ownOnly = marks.map((mark) => ('topic' in mark ? { ...mark, isOwnOnly: true as const } : mark));
    const others = [privacy, other];
    expect(codeOf(rulebookOf(others, marks), consenting)).toBe('consent.stale');
    expect(codeOf(rulebookOf([privacy], ownOnly), consenting)).toBe('consent.stale');
    expect(decide(rulebookOf(others, ownOnly), consenting, aQuestion()).results[0]).toMatchObject({
      allowed: true,
      policy: 'other',
    });
  });
});

describe('a legal obligation where there was a consent', () => {
  const revised = (before: Term[], after: Term[]) => {
    const [old, document] = [aPolicy({ terms: before }), aPolicy({ terms: after })];
    const effect = { policy: 'privacy', revision: 2, effectiveAt: daysAgo(15) };
    return rulebookOf([document], freshMarks(compare({ document: old }, { document }), effect));
  };
  const legal = { basis: 'legalObligation' } as const;
  const share = { action: 'share', purpose: 'service.provision' } as const;
  const sharedWith = (before: string, after: string, recipient: string) => {
    const asked = aSharing({ basis: 'separateConsent', recipients: [before] });
    const rulebook = revised([asked], [asked, aSharing({ ...legal, recipients: [after] })]);
    return decide(rulebook, aSubject(), aQuestion({ ...share, recipient })).allowed;
  };

  it('is asked about where only consent let the same be done', () => {
    expect(codeOf(revised([aUse()], [aUse(legal)]), consenting)).toBe('consent.stale');
    expect(codeOf(revised([aUse(), aUse({ basis: 'contract' })], [aUse(legal)]), consenting)).toBeNull();
  });

  it('is asked about where it reaches a recipient whom only consent let have it, by name or by kind', () => {
    expect(sharedWith('recipient:carrier', 'recipient:carrier', 'carrier')).toBe(false);
    expect(sharedWith('partner', 'recipient:carrier', 'carrier')).toBe(false);
    expect(sharedWith('recipient:carrier', 'partner', 'carrier')).toBe(false);
  });

  it('is not asked about where it reaches somebody else', () => {
    expect(sharedWith('recipient:carrier', 'recipient:map-provider', 'map-provider')).toBe(true);
    expect(sharedWith('partner', 'processor', 'map-provider')).toBe(true);
  });

  it('is asked of somebody who has said nothing yet, where nothing but the change stops it', () => {
    const silent = aSubject({ acceptances: [], consents: [] });
    expect(codeOf(revised([], [aUse({ basis: 'publicised' })]), silent)).toBe('consent.stale');
    expect(codeOf(revised([], [aUse()]), silent)).toBe('consent.missing');
    expect(codeOf(revised([], [aUse(legal)]), silent)).toBeNull();
  });

  it('stays asked about where another text says the same of a wider region later', () => {
    const shared: Partial<SharingTerm> = { basis: 'consent', recipients: ['processor'] };
    const privacy = (term: Partial<SharingTerm>) => aPolicy({ terms: [aSharing({ ...shared, ...term })] });
    const other = aPolicy({ policy: 'other', terms: [aSharing({ ...shared, ...legal, regions: ['CN-44'] })] });
    const wide = privacy({ basis: 'publicised', regions: ['CN'] });
    const marks = [
      ...freshMarks(compare(null, { document: other, others: [privacy({})] }), {
        policy: 'other',
        revision: 2,
        effectiveAt: daysAgo(15),
      }),
      ...freshMarks(compare({ document: privacy({}), others: [other] }, { document: wide, others: [other] }), {
        policy: 'privacy',
        revision: 2,
        effectiveAt: daysAgo(5),
      }),
    ];
    const recipients = [{ slug: 'map-provider', kind: 'processor', region: 'CN-44' }] as const;
    const rulebook = withRecipients(rulebookOf([wide, other], marks), recipients);
    expect(codeOf(rulebook, aSubject(), { ...share, recipient: 'map-provider' })).toBe('consent.stale');
  });
});
