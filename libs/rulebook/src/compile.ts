import { answerPromisesOf } from './answer-promises.js';
import { atomsOf, type Atom } from './atoms.js';
import { checkPolicy, termsOf } from './check.js';
import type { PolicyDocument, RecipientEntry } from './document.js';
import type { FreshMark } from './freshness.js';
import { lookupFor, nameOf, type Lookup } from './lookup.js';
import { asPublished, error, hasErrors, type PolicyProblem } from './problems.js';
import type { RulebookRegistry } from './registry.js';
import { effectivePromise, retentionPromisesOf, type RetentionPromise } from './retention-promises.js';
import { indexAtoms, policiesOf, type Exclusion, type Rulebook, type RulebookPolicy } from './rulebook.js';
import type { MinorRequirement } from './vocabulary.js';

const maxAtoms = 300_000;

/** One revision in force. */
export interface CompileSource {
  readonly document: PolicyDocument;
  readonly revision: number;
}

/** A problem with the policy that it was found in. */
export interface SourceProblem extends PolicyProblem {
  readonly policy: string;
}

export interface Compiled {
  /** Null when there are errors: a rulebook is never made from a policy that contradicts itself. */
  readonly rulebook: Rulebook | null;
  readonly problems: readonly SourceProblem[];
}

/**
 * Compiles the revisions in force into the one rulebook for everybody. What binds drafts only never keeps them from it. `marks` are the changes that need fresh consent
 * (`freshMarks`), so that older consents do not carry them.
 */
export function compile(
  sources: readonly CompileSource[],
  registry: RulebookRegistry,
  marks: readonly FreshMark[] = [],
): Compiled {
  const problems: SourceProblem[] = sources.flatMap(({ document }) =>
    asPublished(checkPolicy(document, registry)).map((problem) => ({ ...problem, policy: document.policy })),
  );
  problems.push(...repeatedPolicies(sources));
  if (hasErrors(problems)) return { rulebook: null, problems };
  const rulebook = assemble(sources, registry, marks);
  if (!rulebook)
    return {
      rulebook: null,
      problems: [...problems, { ...error([], 'policy.tooManyAtoms', { expected: String(maxAtoms) }), policy: '' }],
    };
  problems.push(...unpromised(rulebook, lookupFor({}, registry)));
  return { rulebook: hasErrors(problems) ? null : rulebook, problems };
}

function assemble(
  sources: readonly CompileSource[],
  registry: RulebookRegistry,
  marks: readonly FreshMark[],
): Rulebook | null {
  const statements = gatherStatements(sources, registry);
  if (!statements) return null;
  const { atoms, policies, profile, registered } = statements;
  const services = new Set([...registered.services, ...atoms.flatMap(({ service }) => service ?? [])]);
  return { ...statements, index: indexAtoms({ atoms, services: [...services], policies, marks, profile }) };
}

/** What the terms say, without asking whether they may say it; null when they expand beyond all measure. */
export function gatherStatements(
  sources: readonly CompileSource[],
  registry: RulebookRegistry,
): Omit<Rulebook, 'index'> | null {
  const atoms: Atom[] = [];
  const promises: RetentionPromise[] = [];
  const named = new Set<string>(registry.services ?? []);
  for (const { document, revision } of sources) {
    const lookup = lookupFor(document, registry);
    for (const service of lookup.services) named.add(service);
    for (const atom of atomsOf(document, revision, lookup)) {
      if (atom.service !== null) named.add(atom.service);
      if (atoms.push(atom) > maxAtoms) return null;
    }
    promises.push(...retentionPromisesOf(document, revision, lookup));
  }
  const policies = sources.map(toPolicy);
  return {
    policies,
    atoms,
    promises,
    exclusions: sources.flatMap(exclusionsOf),
    answers: sources.flatMap(answerPromisesOf),
    guardianConsentUnder: Math.max(
      registry.profile.rules.guardianConsentUnder.value,
      ageOf('guardianConsent', sources),
    ),
    notAllowedUnder: ageOf('notAllowed', sources),
    agreement: policies.find((one) => one.kind === 'agreement') ?? null,
    registered: {
      services: new Set([...named].filter((code) => !code.startsWith('thirdParty:'))),
      purposes: new Set(registry.catalogue.purposes.map((one) => one.code)),
      categories: new Set(registry.catalogue.categories.map((one) => one.code)),
    },
    recipients: new Map(
      (registry.recipients ?? sources.flatMap(({ document }): RecipientEntry[] => document.recipients)).map((one) => [
        one.slug,
        one,
      ]),
    ),
    locationCategories: new Set(registry.catalogue.categories.filter((one) => one.isLocation).map((one) => one.code)),
    gpcPurposes: new Set(registry.catalogue.purposes.filter((one) => one.isCoveredByGpc).map((one) => one.code)),
    profile: registry.profile,
  };
}

/** The rulebook with the recipients as they stand now; cheap, so that contracts can be read at the moment of a decision. */
export function withRecipients(rulebook: Rulebook, recipients: readonly RecipientEntry[]): Rulebook {
  return { ...rulebook, recipients: new Map(recipients.map((one) => [one.slug, one])) };
}

/** What is kept, and why: a service of null is none that is named, a purpose of null one that no promise names. */
export interface Kept {
  readonly category: string;
  readonly service?: string | null;
  readonly purpose?: string | null;
}

/** How long it is kept: by the service's own promise, else the general one; by what is said of the purpose, else of every one. */
export function retentionFor(
  rulebook: Pick<Rulebook, 'promises' | 'policies'>,
  { category, service = null, purpose = null }: Kept,
): RetentionPromise | null {
  const ownPolicies = service === null ? new Set<string>() : policiesOf(service, rulebook.policies);
  return effectivePromise(rulebook.promises, { category, service, purpose, ownPolicies });
}

/**
 * Every promise that holds for one of the purposes, each once; without purposes, for any that it could have been collected for. What is kept for
 * several purposes stays as long as the longest of them.
 */
export function retentionsFor(
  rulebook: Pick<Rulebook, 'promises' | 'policies'>,
  {
    category,
    service = null,
    purposes,
  }: Omit<Kept, 'purpose'> & { readonly purposes?: readonly (string | null)[] | null },
): readonly RetentionPromise[] {
  const named = rulebook.promises.flatMap((one) => (one.category === category ? (one.purposes ?? []) : []));
  const asked = purposes ?? [null, ...new Set(named)];
  return [...new Set(asked.flatMap((purpose) => retentionFor(rulebook, { category, service, purpose }) ?? []))];
}

function toPolicy({ document, revision }: CompileSource): RulebookPolicy {
  return { policy: document.policy, kind: document.kind, service: document.service ?? null, revision };
}

function exclusionsOf({ document, revision }: CompileSource): Exclusion[] {
  return termsOf(document).flatMap(({ term, clauseId }) =>
    term.type === 'exclusion'
      ? [
          {
            scope: term.scope,
            thirdPartyServices: term.thirdPartyServices ?? null,
            policy: document.policy,
            revision,
            clauseId,
          },
        ]
      : [],
  );
}

/** The highest age that a policy names for a requirement, in years; 0 where none does. */
function ageOf(requirement: MinorRequirement, sources: readonly CompileSource[]): number {
  const ages = sources.flatMap(({ document }) =>
    termsOf(document).map(({ term }) => (term.type === 'minors' && term.requires === requirement ? term.under : 0)),
  );
  return Math.max(0, ...ages);
}

function repeatedPolicies(sources: readonly CompileSource[]): SourceProblem[] {
  const seen = new Set<string>();
  const problems: SourceProblem[] = [];
  for (const { document } of sources) {
    const names = [document.policy, ...(document.kind === 'agreement' ? ['the agreement'] : [])];
    const value = names.find((name) => seen.has(name));
    if (value !== undefined)
      problems.push({ ...error(['policy'], 'policy.policyRepeated', { value }), policy: document.policy });
    names.forEach((name) => seen.add(name));
  }
  return problems;
}

/** What a service policy collects may rest on a promise of the general policy, which is at hand only here. */
function unpromised(rulebook: Rulebook, lookup: Lookup): SourceProblem[] {
  const missing = new Map<string, SourceProblem>();
  for (const atom of rulebook.atoms) {
    if (atom.action !== 'collect' || atom.isOnDevice || retentionFor(rulebook, atom)) continue;
    const { policy, category, purpose, service, path } = atom;
    const isOfPurpose = retentionsFor(rulebook, { category, service }).length > 0;
    const found = isOfPurpose
      ? error([], 'policy.retentionPurposeMissing', {
          value: nameOf(category, lookup.categories),
          expected: nameOf(purpose, lookup.purposes),
        })
      : error([], 'policy.retentionMissing', { value: nameOf(category, lookup.categories) });
    const key = `${policy} ${category} ${isOfPurpose ? purpose : ''}`;
    if (!missing.has(key)) missing.set(key, { ...found, path, policy });
  }
  return [...missing.values()];
}
