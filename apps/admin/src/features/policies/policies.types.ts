import type { Schemas } from '@abide/client';
import type { LocalizedText, AllowedAct } from '../../api/types.js';

export type PolicySummary = Schemas['PolicySummary'];
export type PolicyKind = PolicySummary['kind'];
export type RevisionSummary = Schemas['RevisionSummary'];
/** A revision on its way, as the overview shows it. */
export type OpenRevision = Schemas['OpenRevisionDto'];
export type RevisionAct = AllowedAct['act'];
export type ActivationConditions = Schemas['ConditionsDto'];
export type Draft = Schemas['DraftDto'];
export type Materiality = ActivationConditions['materiality'];
export type Comparison = Schemas['ReviewedComparison'];
export type ComparisonWarning = Comparison['warnings'][number];
export type ComparedClause = Schemas['ComparedClauseDto'];
export type ClauseState = ComparedClause['state'];
export type TermDifference = Pick<
  Schemas['DifferenceDto'],
  'id' | 'clauseId' | 'class' | 'rule' | 'article' | 'summary'
>;
export type WordRun = Schemas['WordRunDto'];
export type NoticePreview = Schemas['NoticePreview'];
export type PolicyTests = Schemas['PolicyTestsDto'];
export type PolicyTestRun = Schemas['PolicyTestRunDto'];
export type PolicyTestCase = Schemas['PolicyTestCaseDto'];
/** One thing wrong with a policy text; the rulebook says it in both languages, the server in the one asked for. */
export type PolicyProblem = Pick<Schemas['PolicyProblemDto'], 'path' | 'code' | 'severity' | 'line'> & {
  readonly message: LocalizedText | string;
};
