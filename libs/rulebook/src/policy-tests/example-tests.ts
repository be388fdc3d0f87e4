import type { Clause, PolicyDocument } from '../document.js';
import type { CollectionTerm, UseTerm } from '../terms.js';
import type { Basis } from '../vocabulary.js';

type Permitting = CollectionTerm | UseTerm;

/** A kind of data that a term of a clause permits for a purpose. */
export interface TestedPermission {
  readonly clause: string;
  readonly category: string;
  readonly purpose: string;
}

interface Permission extends TestedPermission {
  readonly term: Permitting;
}

interface Tested {
  readonly document: PolicyDocument;
  readonly revision: number;
  /** `YYYY-MM-DD` */
  readonly day: string;
}

interface Example extends Tested {
  readonly names: { readonly without: string; readonly withIt: string; readonly nobody: string };
}

type Named = (permission: TestedPermission) => string;

const refusals: Partial<Record<Basis, string>> = {
  contract: 'acceptance.missing',
  consent: 'consent.missing',
  separateConsent: 'consent.separateMissing',
};

/** Tests to begin with, as YAML: what the first permission of the policy needs, and what it allows then. */
export function exampleTests({ document, revision, day, names }: Example): string {
  const found = document.clauses.flatMap(permissionsOf)[0];
  const head = headOf(day);
  const nobody = aCase(
    names.nobody,
    'null',
    'action: use, purpose: service.provision, categories: [registration.name]',
    'allowed: false, code: subject.unknown',
  );
  return head + (found ? casesOf(found, { revision, day }, names) : nobody);
}

const mostTested = 100;

/** What tests of consents are about, one for each term that rests on one, at most a hundred. */
export function consentPermissions(clauses: readonly Pick<Clause, 'id' | 'terms'>[]): TestedPermission[] {
  return restingOnConsent(clauses).map(({ clause, category, purpose }) => ({ clause, category, purpose }));
}

/** For each term that rests on a consent and is wanted: not without it, and with it. As YAML; null where there is none. */
export function consentTests({
  document,
  revision,
  day,
  names,
  isWanted = () => true,
}: Tested & {
  readonly names: { readonly without: Named; readonly withIt: Named };
  readonly isWanted?: (permission: TestedPermission) => boolean;
}): string | null {
  const found = restingOnConsent(document.clauses).filter(isWanted);
  if (found.length === 0) return null;
  const cases = found.map((permission) => {
    const named = { without: names.without(permission), withIt: names.withIt(permission) };
    return casesOf(permission, { revision, day }, named);
  });
  return headOf(day) + cases.join('');
}

function restingOnConsent(clauses: readonly Pick<Clause, 'id' | 'terms'>[]): Permission[] {
  return clauses
    .flatMap(permissionsOf)
    .filter(({ term }) => /consent/i.test(term.basis))
    .slice(0, mostTested);
}

function headOf(day: string): string {
  return `clock: ${day}T00:00:00Z\ncases:\n`;
}

function casesOf(
  { term, category, purpose, clause }: Permission,
  { revision, day }: Pick<Tested, 'revision' | 'day'>,
  names: { readonly without: string; readonly withIt: string },
): string {
  const services = term.services?.[0];
  const storage = term.type === 'collection' && term.storage ? `, storage: ${term.storage}` : '';
  const question = `action: ${term.type === 'use' ? 'use' : 'collect'}, purpose: ${purpose}, categories: [${category}]${services ? `, service: ${services}` : ''}${storage}`;
  const consent = `{ purpose: ${purpose}, categories: [${category}], state: granted, at: ${day}, revision: ${revision} }`;
  const given = `{ acceptedRevision: ${revision}, consents: [${consent}] }`;
  const refusal = refusals[term.basis];
  const without = refusal ? aCase(names.without, '{}', question, `allowed: false, code: ${refusal}`) : '';
  return without + aCase(names.withIt, given, question, `allowed: true, clause: ${JSON.stringify(clause)}`);
}

function permissionsOf({ id, terms }: Pick<Clause, 'id' | 'terms'>): Permission[] {
  return terms.flatMap((term) => {
    if (term.type !== 'collection' && term.type !== 'use') return [];
    const category = term.categories.find((code) => !code.includes('*') && !code.startsWith('location.'));
    const purpose = term.purposes.find((code) => code !== '*' && code !== 'other');
    return category && purpose ? [{ clause: id, term, category, purpose }] : [];
  });
}

function aCase(name: string, subject: string, question: string, expected: string): string {
  return `  - name: ${JSON.stringify(name)}\n    subject: ${subject}\n    question: { ${question} }\n    expect: { ${expected} }\n`;
}
