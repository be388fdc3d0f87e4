export { shortestAnswer, type AnswerPromise } from './answer-promises.js';
export { catalogue, type Catalogue, type CategoryEntry, type PurposeEntry } from './catalogue.js';
export {
  acceptanceModes,
  appKinds,
  audiences,
  bases,
  crossServiceData,
  crossServiceForms,
  exclusionScopes,
  fallbacks,
  guideTermTypes,
  knownMeasures,
  knownSources,
  minorRequirements,
  noticeChannels,
  policyKinds,
  recipientKinds,
  retentionEvents,
  retentionOutcomes,
  rights,
  storages,
  termTypes,
  truncatedCategories,
  verifications,
  withheldConsequences,
  type AcceptanceMode,
  type Audience,
  type Basis,
  type CrossServiceData,
  type CrossServiceForm,
  type ExclusionScope,
  type Fallback,
  type MinorRequirement,
  type NoticeChannel,
  type PolicyKind,
  type RecipientKind,
  type RetentionEvent,
  type RetentionOutcome,
  type Right,
  type Storage,
  type TermType,
  type Verification,
  type WithheldConsequence,
} from './vocabulary.js';
export { bearsSensitive } from './vocabulary.js';
export { addDuration, longestSpanInDays, parseDuration, type Duration } from './duration.js';
export type {
  AnswerWithin,
  ChangeTerm,
  CollectionTerm,
  CrossServiceUseTerm,
  ExclusionTerm,
  MinorsTerm,
  Precision,
  PromisedChannel,
  ProtectionTerm,
  RetentionTerm,
  RightTerm,
  SharingTerm,
  Term,
  UseTerm,
} from './terms.js';
export { coarserOf, termSchema } from './terms.js';
export { quantitiesIn } from './quantities.js';
export { legalNameIn } from './legal-names.js';
export type { Clause, GlossaryEntry, PolicyDocument, RecipientEntry } from './document.js';
export {
  asPublished,
  firstOf,
  hasErrors,
  type PolicyProblem,
  type PolicyProblemCode,
  type Severity,
} from './problems.js';
export { parsePolicy, type ParsedPolicy } from './parse.js';
export { readText } from './read-yaml.js';
export { checkPolicy, validatePolicy, validatePolicyValue, type CheckedPolicy } from './check.js';
export { clauseMarkdown, safeLink } from './clause-text.js';
export {
  compile,
  retentionFor,
  retentionsFor,
  withRecipients,
  type Compiled,
  type CompileSource,
  type SourceProblem,
} from './compile.js';
export {
  effectiveAtoms,
  type Exclusion,
  type RegisteredCodes,
  type Rulebook,
  type RulebookPolicy,
} from './rulebook.js';
export { type Atom, type AtomAction } from './atoms.js';
export { longestPeriod, longestSessionDays, type RetentionPromise } from './retention-promises.js';
export { canonicalJson, canonicalPolicy, formatPolicy } from './format.js';
export {
  isHomeRegion,
  profiles,
  type LegalMinimum,
  type LegalRule,
  type LegalRules,
  type Profile,
  type ProfileCode,
} from './profiles.js';
export { offlineRegistry, type RulebookRegistry } from './registry.js';
export { atLeast, highest, materialities, type Materiality } from './materiality.js';
export { compare, freshMarks, type Comparison, type Difference } from './compare/compare.js';
export { type ComparisonWarning } from './compare/words-and-terms.js';
export { type CompareSide } from './compare/side.js';
export { type ClauseComparison, type ClauseState } from './compare/clauses.js';
export { type CandidateMark, type FreshAtom, type FreshMark } from './freshness.js';
export { compareRules, type CompareRule, type CompareRuleId } from './compare/rules.js';
export { asksAcceptance, noticeTerms, type NoticeTerms } from './notice-terms.js';
export { labelOf, labels, type LabelGroup } from './labels.js';
export { answerWords, choiceWords, durationWords } from './words.js';
export { describeTerm } from './describe.js';
export { birthdayAfter } from './decide/conditions.js';
export { allowedThroughout, consentsThen } from './decide/collected.js';
export { decide } from './decide/decide.js';
export { saysUnknown, unknownCodesIn, type NamedCodes, type UnknownCode } from './decide/codes.js';
export { owedRights, type OwedRight } from './owed-rights.js';
export { isRegion, regionInstead } from './regions.js';
export { choicesOf, standingOf, type Choice, type ChoiceStanding } from './decide/choices.js';
export {
  explain,
  type ExplainedRule,
  type ExplainedStatement,
  type Explanation,
  type RuleOutcome,
} from './decide/explain.js';
export {
  refusalCodes,
  type AcceptanceFact,
  type CategoryDecision,
  type ConsentFact,
  type Decision,
  type Instant,
  type PurposeLineage,
  type Question,
  type RefusalCode,
  type SharingGround,
  type SubjectFacts,
} from './decide/facts.js';
export { consentPermissions, consentTests, exampleTests, type TestedPermission } from './policy-tests/example-tests.js';
export {
  parsePolicyTests,
  type ParsedPolicyTests,
  type PolicyTestCase,
  type PolicyTests,
} from './policy-tests/test-file.js';
export {
  runPolicyTests,
  type PolicyTestOutcome,
  type PolicyTestReport,
  type PolicyTestSetting,
} from './policy-tests/run.js';
