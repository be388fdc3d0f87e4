import type { Schemas } from '@abide/client';

export type ChangePreview = Schemas['ChangePreviewDto'];
export type PurposeRates = Schemas['PurposeRatesDto'];
export type FoundConsent = Schemas['FoundConsentDto'];
export type Reconsent = Schemas['ReconsentDto'];
export type Reminder = Schemas['ReminderResponse'];
export type NewReminder = Schemas['SendReminder'];
export type Explanation = Schemas['ExplanationResponse'];
export type ExplainedRule = Schemas['ExplainedRuleDto'];
export type ExplainedStatement = Schemas['ExplainedStatementDto'];
export type CitedClause = Schemas['CitedClauseDto'];
export type DecisionSummary = Schemas['DecisionSummaryResponse'];
export type SampledRefusal = Schemas['SampledRefusalDto'];
