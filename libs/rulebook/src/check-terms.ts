import type { Locale } from '@abide/kernel';
import type { CheckContext } from './check-context.js';
import { answerSpanInDays, countedAnswer } from './answer-time.js';
import type { TermAt } from './term-at.js';
import { checkRegion, checkSharing } from './check-sharing.js';
import { isOpenEnded, nameOf, type Lookup } from './lookup.js';
import type { PolicyDraft } from './parse.js';
import { error, warning, type Path, type PolicyProblem, type PolicyProblemCode } from './problems.js';
import type { CollectionTerm, CrossServiceUseTerm, ExclusionTerm, RightTerm, Term } from './terms.js';
import { bearsSensitive, guideTermTypes, knownMeasures, knownSources, truncatedCategories } from './vocabulary.js';
import { answerWords, listWords } from './words.js';

/** Everything wrong with one term by itself. */
export function checkTerm(at: TermAt, context: CheckContext): PolicyProblem[] {
  const path = ['clauses', at.clause, 'terms', at.position];
  const { term } = at;
  return [
    ...checkCodes(term, path, context.lookup),
    ...checkTermServices(term, path, context),
    ...checkBasis(term, path, context.lookup),
    ...checkSensitive(term, path, context.lookup),
    ...checkPrecision(term, path, context.lookup),
    ...checkByType(term, path, context),
    ...checkAgreement(term, path, context.draft),
    ...checkGuide(term, path, context.draft),
  ];
}

function checkByType(term: Term, path: Path, context: CheckContext): PolicyProblem[] {
  const { lookup } = context;
  switch (term.type) {
    case 'collection':
      return checkCollection(term, path);
    case 'sharing':
      return checkSharing(term, path, lookup);
    case 'crossServiceUse':
      return checkCrossServiceUse(term, path, context);
    case 'right':
      return checkRight(term, path, lookup);
    case 'exclusion':
      return checkExclusion(term, path, lookup);
    case 'protection':
      return unusual(term.measures, [...path, 'measures'], { known: knownMeasures, code: 'policy.unknownMeasure' });
    default:
      return [];
  }
}

function checkCodes(term: Term, path: Path, lookup: Lookup): PolicyProblem[] {
  const categories = 'categories' in term ? (term.categories ?? []) : [];
  const purposes = 'purposes' in term ? (term.purposes ?? []) : [];
  return [
    ...categories.flatMap((code, index) =>
      code === '*' || lookup.categories.has(code)
        ? []
        : [error([...path, 'categories', index], 'policy.unknownCategory', { value: code })],
    ),
    ...purposes.flatMap((code, index) =>
      code === '*' && term.type === 'retention' ? [] : checkPurpose(code, [...path, 'purposes', index], lookup),
    ),
    ...repeated(categories, [...path, 'categories']),
    ...repeated(purposes, [...path, 'purposes']),
  ];
}

function checkPurpose(code: string, path: Path, lookup: Lookup): PolicyProblem[] {
  if (isOpenEnded(code)) return [warning(path, 'policy.openEndedPurpose', { value: code })];
  return lookup.purposes.has(code) ? [] : [error(path, 'policy.unknownPurpose', { value: code })];
}

function repeated(codes: readonly string[], path: Path): PolicyProblem[] {
  return codes.flatMap((code, index) =>
    codes.indexOf(code) < index ? [warning([...path, index], 'policy.duplicateCode', { value: code })] : [],
  );
}

function checkTermServices(term: Term, path: Path, context: CheckContext): PolicyProblem[] {
  const services = 'services' in term ? (term.services ?? []) : [];
  return services.flatMap((code, index) => checkService(code, [...path, 'services', index], context));
}

function checkService(code: string, path: Path, { draft, lookup }: CheckContext): PolicyProblem[] {
  if (code.startsWith('thirdParty:')) {
    const slug = code.slice('thirdParty:'.length);
    const isKnown = lookup.thirdPartyServices?.has(slug) ?? true;
    return isKnown ? [] : [error(path, 'policy.unknownThirdPartyService', { value: slug })];
  }
  if (!lookup.services.has(code)) return [error(path, 'policy.unknownService', { value: code })];
  const isForeign = draft.kind === 'service' && draft.service !== undefined && draft.service !== code;
  return isForeign ? [error(path, 'policy.foreignService', { value: code, expected: draft.service })] : [];
}

function checkSensitive(term: Term, path: Path, lookup: Lookup): PolicyProblem[] {
  if (!('basis' in term) || bearsSensitive(term.basis)) return [];
  if (!lookup.profile.rules.separateConsentForSensitive.value) return [];
  return term.categories.flatMap((code, index) => {
    if (code !== '*' && lookup.categories.get(code)?.isSensitive !== true) return [];
    return [
      error([...path, 'categories', index], 'policy.separateConsentRequired', {
        value: nameOf(code, lookup.categories),
      }),
    ];
  });
}

/** A law may know no legitimate interest of whoever handles data (PIPL art. 13 lists none). */
function checkBasis(term: Term, path: Path, lookup: Lookup): PolicyProblem[] {
  if (!('basis' in term) || term.basis !== 'legitimateInterest') return [];
  const { value, article } = lookup.profile.rules.legitimateInterest;
  return value ? [] : [error([...path, 'basis'], 'policy.basisUnknownToLaw', { value: article })];
}

/** A cell for what is no place was let through by earlier versions, so it stays a warning; a truncation of anything else is an error. */
function checkPrecision(term: Term, path: Path, lookup: Lookup): PolicyProblem[] {
  if (!('precision' in term) || term.precision === undefined || term.precision === 'exact') return [];
  const at = [...path, 'precision'];
  if (term.precision === 'truncated') {
    const names = truncatedCategories.map((code) => nameOf(code, lookup.categories));
    const listed = (locale: Locale) =>
      listWords(
        names.map((name) => name[locale]),
        locale,
      );
    const expected = { 'zh-CN': listed('zh-CN'), en: listed('en') };
    return term.categories
      .filter((code) => !canBeTruncated(code))
      .map((code) => error(at, 'policy.truncationImpossible', { value: nameOf(code, lookup.categories), expected }));
  }
  const isPlace = (code: string) => code !== '*' && (lookup.categories.get(code)?.isLocation ?? true);
  return term.categories
    .filter((code) => !isPlace(code))
    .map((code) => warning(at, 'policy.cellForNoPlace', { value: nameOf(code, lookup.categories) }));
}

function canBeTruncated(code: string): boolean {
  return (truncatedCategories as readonly string[]).includes(code);
}

function checkCollection(term: CollectionTerm, path: Path): PolicyProblem[] {
  const problems = unusual(term.sources ?? [], [...path, 'sources'], {
    known: knownSources,
    code: 'policy.unknownSource',
  });
  if (!term.required) return [...problems, ...checkOptional(term, path)];
  if (term.ifWithheld === undefined) problems.push(warning(path, 'policy.withheldConsequenceMissing'));
  if (term.basis === 'consent') problems.push(warning([...path, 'required'], 'policy.requiredOnConsent'));
  return problems;
}

/** What may be left out keeps nobody out (PIPL art. 16). */
function checkOptional({ ifWithheld }: CollectionTerm, path: Path): PolicyProblem[] {
  const keepsOut = ifWithheld === 'noRegistration' || ifWithheld === 'noService';
  return keepsOut ? [warning([...path, 'ifWithheld'], 'policy.optionalKeepsOut', { value: ifWithheld })] : [];
}

/** A service policy may say what its own service does with data from elsewhere, not what another service does. */
function checkCrossServiceUse(term: CrossServiceUseTerm, path: Path, context: CheckContext): PolicyProblem[] {
  const problems = term.from.flatMap((code, index) =>
    context.lookup.services.has(code)
      ? []
      : [error([...path, 'from', index], 'policy.unknownService', { value: code })],
  );
  problems.push(...term.to.flatMap((code, index) => checkService(code, [...path, 'to', index], context)));
  const isOptIn = term.basis === 'consent' || term.basis === 'separateConsent';
  if ((term.data === 'provided' || term.data === 'stored') && !isOptIn)
    problems.push(error([...path, 'basis'], 'policy.optInRequired'));
  if (term.form === 'aggregated' && term.minimumGroup === undefined)
    problems.push(error(path, 'policy.minimumGroupMissing'));
  return problems;
}

function checkRight(term: RightTerm, path: Path, lookup: Lookup): PolicyProblem[] {
  const legal = lookup.profile.rules.answerWithin.value;
  const problems = (term.regions ?? []).flatMap((region, index) => checkRegion(region, [...path, 'regions', index]));
  if (!term.answerWithin || answerSpanInDays(countedAnswer(term.answerWithin)) <= answerSpanInDays(legal))
    return problems;
  const expected = { 'zh-CN': answerWords(legal, 'zh-CN'), en: answerWords(legal, 'en') };
  return [...problems, warning([...path, 'answerWithin'], 'policy.answerTooSlow', { expected })];
}

function checkExclusion(term: ExclusionTerm, path: Path, lookup: Lookup): PolicyProblem[] {
  return (term.thirdPartyServices ?? []).flatMap((code, index) =>
    (lookup.thirdPartyServices?.has(code) ?? true)
      ? []
      : [error([...path, 'thirdPartyServices', index], 'policy.unknownThirdPartyService', { value: code })],
  );
}

function checkAgreement(term: Term, path: Path, draft: PolicyDraft): PolicyProblem[] {
  return draft.kind === 'agreement' && 'basis' in term ? [error(path, 'policy.termInAgreement')] : [];
}

/** What a guide may say only narrows: what holds for everybody, permissions and periods above all, is said where everybody reads it. */
function checkGuide({ type }: Term, path: Path, draft: PolicyDraft): PolicyProblem[] {
  return draft.kind === 'guide' && !guideTermTypes.includes(type) ? [error(path, 'policy.termInGuide')] : [];
}

function unusual(
  codes: readonly string[],
  path: Path,
  context: { known: readonly string[]; code: PolicyProblemCode },
): PolicyProblem[] {
  return codes.flatMap((value, index) =>
    context.known.includes(value) ? [] : [warning([...path, index], context.code, { value })],
  );
}
