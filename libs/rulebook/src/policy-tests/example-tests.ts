import type { Clause, PolicyDocument } from '../document.js';
import type { CollectionTerm, UseTerm } from '../terms.js';
import type { Basis } from '../vocabulary.js';

type Permitting = CollectionTerm | UseTerm;

interface Permission {
  readonly clause: string;
  readonly term: Permitting;
  readonly category: string;
  readonly purpose: string;
}

interface Example {
  readonly document: PolicyDocument;
  readonly revision: number;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly names: { readonly without: string; readonly withIt: string; readonly nobody: string };
}

const refusals: Partial<Record<Basis, string>> = {
  contract: 'acceptance.missing',
  consent: 'consent.missing',
  separateConsent: 'consent.separateMissing',
};

/** Tests to begin with, as YAML: what the first permission of the policy needs, and what it allows then. */
export function exampleTests({ document, revision, day, names }: Example): string {
  const found = document.clauses.flatMap(permissionsOf)[0];
  const head = `clock: ${day}T00:00:00Z\ncases:\n`;
  const nobody = aCase(
    names.nobody,
    'null',
    'action: use, purpose: service.provision, categories: [registration.name]',
    'allowed: false, code: subject.unknown',
  );
  if (!found) return head + nobody;
  const { term, category, purpose, clause } = found;
  const services = term.services?.[0];
  const storage = term.type === 'collection' && term.storage ? `, storage: ${term.storage}` : '';
  const question = `action: ${term.type === 'use' ? 'use' : 'collect'}, purpose: ${purpose}, categories: [${category}]${services ? `, service: ${services}` : ''}${storage}`;
  const consent = `{ purpose: ${purpose}, categories: [${category}], state: granted, at: ${day}, revision: ${revision} }`;
  const given = `{ acceptedRevision: ${revision}, consents: [${consent}] }`;
  const refusal = refusals[term.basis];
  const without = refusal ? aCase(names.without, '{}', question, `allowed: false, code: ${refusal}`) : '';
  return head + without + aCase(names.withIt, given, question, `allowed: true, clause: ${clause}`);
}

function permissionsOf({ id, terms }: Clause): Permission[] {
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
