import type { Schemas } from '@abide/client';

/** The answers of the API by the names that the console's pages use; their shapes come from the OpenAPI document. */
export type Locale = Operator['locale'];
export type LocalizedText = Partial<Schemas['LocalizedText']>;

export interface List<Item> {
  readonly items: readonly Item[];
  readonly nextCursor?: string | null;
}

export type Operator = Schemas['OperatorResponse'];
export type Permission = Operator['permissions'][number];
export type CurrentSession = Schemas['OperatorSessionResponse'];
export type OwnSession = Schemas['OwnSession'];
export type Role = Schemas['RoleResponse'];
export type PendingChange = Schemas['PendingChangeResponse'];
export type ChangePreview = Schemas['ChangePreviewDto'];
export type ServiceClient = Schemas['ClientResponse'];
export type Scope = ServiceClient['scopes'][number];
export type ServiceClientSecret = Schemas['ShownSecretResponse'];

export type PolicySummary = Schemas['PolicySummary'];
export type PolicyKind = PolicySummary['kind'];
export type RevisionSummary = Schemas['RevisionSummary'];
export type RevisionState = RevisionSummary['state'];
export type Revision = Schemas['RevisionDto'];
export type AllowedAct = Schemas['AllowedActDto'];
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

export type Campaign = Schemas['CampaignResponse'];
export type OutreachRun = Schemas['OutreachResponse'];
export type NewOutreach = Schemas['SendOutreach'];

/** An entry of one of the registries that clauses refer to; which members it has depends on the registry. */
export type RegistryEntry = Partial<
  Schemas['CategoryDto'] & Omit<Schemas['PurposeDto'], 'code'> & Omit<Schemas['RecipientDto'], 'purpose'>
> &
  Pick<Schemas['CategoryDto'], 'id' | 'name'>;

export type PurposeRates = Schemas['PurposeRatesDto'];
export type FoundConsent = Schemas['FoundConsentDto'];
export type Reconsent = Schemas['ReconsentDto'];
export type Reminder = Schemas['ReminderResponse'];
export type NewReminder = Schemas['SendReminder'];

export type FoundSubject = Schemas['FoundSubjectResponse'];
export type Subject = Schemas['SubjectResponse'];
export type SharedIdentifier = Schemas['SharedIdentifierResponse'];
export type SubjectKey = Schemas['SearchSubjects']['by'];
export type RevealableField = Schemas['RevealFields']['fields'][number];
export type Revealed = Schemas['RevealedFields'];
export type Acceptance = Schemas['AcceptanceDto'];
export type SubjectNotice = Schemas['SubjectNoticeResponse'];

export type SubjectConsents = Schemas['SubjectConsentsResponse'];
export type ConsentStanding = Schemas['OwnConsentDto'];
export type ConsentEvent = Schemas['ConsentEventDto'];
export type RecordedConsent = Schemas['ConsentResponse'];

export type Holding = Schemas['HoldingDto'];
export type HoldingRetention = Schemas['HoldingRetentionDto'];
export type HoldingClause = Pick<HoldingRetention, 'policy' | 'revision' | 'revisionId' | 'clauseId' | 'heading'>;

export type Explanation = Schemas['ExplanationResponse'];
export type ExplainedRule = Schemas['ExplainedRuleDto'];
export type ExplainedStatement = Schemas['ExplainedStatementDto'];
export type CitedClause = Schemas['CitedClauseDto'];
export type DecisionSummary = Schemas['DecisionSummaryResponse'];
export type SampledRefusal = Schemas['SampledRefusalDto'];

export type Heat = Schemas['HeatResponse'];
export type HeatCell = Schemas['HeatCellDto'];
export type IngestSummary = Schemas['IngestSummaryResponse'];
export type TelemetryVolume = Schemas['VolumeDto'];
export type CategorySchema = Schemas['CategorySchemaDto'];
export type SeenEvent = Schemas['SeenEventDto'];
export type RevealedValue = Schemas['RevealedValueResponse'];

export type AuditEntry = Schemas['AuditEntryDto'];
export type DevelopmentMessage = Schemas['DevelopmentMessage'];
