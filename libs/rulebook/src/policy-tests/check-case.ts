import { unknownCodesIn, type NamedCodes, type UnknownCode } from '../decide/codes.js';
import { error, type Path, type PolicyProblem, type PolicyProblemCode } from '../problems.js';
import { regionInstead } from '../regions.js';
import type { RulebookRegistry } from '../registry.js';
import type { Rulebook } from '../rulebook.js';
import type { PolicyTestCase } from './test-file.js';

interface CaseContext {
  readonly rulebook: Rulebook;
  readonly registry: RulebookRegistry;
  /** How many revisions of the policy there are. */
  readonly revisions: number;
}

const codes: Readonly<Record<UnknownCode['code'], PolicyProblemCode>> = {
  'question.unknownService': 'policy.unknownService',
  'question.unknownPurpose': 'policy.unknownPurpose',
  'question.unknownCategory': 'policy.unknownCategory',
  'question.unknownRegion': 'policy.unknownRegion',
  'recipient.unknown': 'policy.unknownRecipient',
};

/** Everything in a case that names what there is not, checked as in a policy. */
export function problemsOf(
  { subject, question }: PolicyTestCase,
  index: number,
  context: CaseContext,
): PolicyProblem[] {
  const consents = (subject?.consents ?? []).flatMap((consent, place) => {
    const at = ['cases', index, 'subject', 'consents', place];
    return [...unknownIn(consent, at, context), ...revisionProblems(consent.revision, [...at, 'revision'], context)];
  });
  return [
    ...revisionProblems(subject?.acceptedRevision, ['cases', index, 'subject', 'acceptedRevision'], context),
    ...consents,
    ...unknownIn(question, ['cases', index, 'question'], context),
    ...thirdPartyProblems(question.thirdPartyService, ['cases', index, 'question', 'thirdPartyService'], context),
  ];
}

function unknownIn(named: NamedCodes, at: Path, { rulebook }: CaseContext): PolicyProblem[] {
  return unknownCodesIn(rulebook, named).map(({ code, pointer }) => {
    const path = pointer
      .slice(1)
      .split('/')
      .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    const value = valueAt(named, path);
    return error([...at, ...path], codes[code], { value, expected: regionInstead(value) });
  });
}

function valueAt(named: NamedCodes, path: Path): string {
  const value = path.reduce<unknown>(
    (inside, part) =>
      typeof inside === 'object' && inside !== null ? (inside as Record<string, unknown>)[part] : undefined,
    named,
  );
  return typeof value === 'string' ? value : '';
}

function revisionProblems(revision: number | undefined, at: Path, { revisions }: CaseContext): PolicyProblem[] {
  if (revision === undefined || revision <= revisions) return [];
  return [error(at, 'policy.unknownRevision', { value: String(revision), expected: String(revisions) })];
}

function thirdPartyProblems(slug: string | undefined, at: Path, { registry }: CaseContext): PolicyProblem[] {
  const isKnown = slug === undefined || (registry.thirdPartyServices?.includes(slug) ?? true);
  return isKnown ? [] : [error(at, 'policy.unknownThirdPartyService', { value: slug })];
}
