import type { Schemas } from '@abide/client';

export type FoundSubject = Schemas['FoundSubjectResponse'];
export type SharedIdentifier = Schemas['SharedIdentifierResponse'];
export type RevealableField = Schemas['RevealFields']['fields'][number];
export type Revealed = Schemas['RevealedFields'];
export type Acceptance = Schemas['AcceptanceDto'];
export type TimelineEntry = Schemas['TimelineEntryResponse'];
export type SubjectNotice = Schemas['SubjectNoticeResponse'];
export type ConsentStanding = Schemas['OwnConsentDto'];
export type Holding = Schemas['HoldingDto'];
export type HoldingRetention = Schemas['HoldingRetentionDto'];
export type HoldingClause = Pick<HoldingRetention, 'policy' | 'revision' | 'revisionId' | 'clauseId' | 'heading'>;
export type SeenEvent = Schemas['SeenEventDto'];
