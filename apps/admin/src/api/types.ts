/**
 * The answers the console reads, written by hand along the HTTP contract until `@abide/client` generates them
 * from the OpenAPI document; `paths` then comes from there and the rest of this file goes.
 */
export type Locale = 'zh-CN' | 'en';
export type LocalizedText = Partial<Record<Locale, string>>;

export interface List<Item> {
  items: Item[];
  nextCursor?: string | null;
}

export interface Operator {
  id: string;
  email: string;
  name: string;
  roles: string[];
  permissions: string[];
  locale: Locale;
  active?: boolean;
  secondFactor?: boolean;
  createdAt?: string;
}

export interface CurrentSession {
  operator: Operator;
  csrfToken: string;
  expiresAt?: string;
  absoluteExpiresAt?: string;
  stepUpUntil?: string | null;
  /** A second factor must be enrolled before anything else; until then the session holds no permission. */
  factorRequired?: boolean;
}

export interface Factors {
  totp: boolean;
  required: boolean;
  recoveryCodesLeft: number;
}

export interface SessionRow {
  id: string;
  createdAt: string;
  lastSeenAt?: string;
  expiresAt?: string;
  userAgent?: string;
  address?: string;
  current?: boolean;
}

export type RevisionState = 'draft' | 'inReview' | 'approved' | 'scheduled' | 'effective' | 'superseded' | 'withdrawn';
export type Materiality = 'editorial' | 'informational' | 'reductionOfRights' | 'freshConsent';
export type PolicyKind = 'general' | 'service' | 'agreement';

export interface RevisionSummary {
  id: string;
  number: number;
  state: RevisionState;
  contentHash: string;
  materiality: Materiality | null;
  effectiveAt: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface PolicySummary {
  id: string;
  slug: string;
  kind: PolicyKind;
  service: string | null;
  title: LocalizedText;
  inForce: RevisionSummary | null;
  scheduled: RevisionSummary | null;
  open: RevisionSummary | null;
  revisionCount: number;
}

/** One thing wrong with a policy document: an error keeps it from being saved, a warning does not. */
export interface PolicyProblem {
  path: string;
  code: string;
  message: LocalizedText | string;
  severity: 'error' | 'warning';
  line?: number;
}

export type RevisionAct = 'submission' | 'approval' | 'rejection' | 'schedule' | 'activation' | 'withdrawal' | 'edit';

export interface AllowedAct {
  act: RevisionAct;
  allowed: boolean;
  code?: string;
}

export interface PersonRef {
  id: string;
  name?: string;
}

export interface RevisionHistoryEntry {
  act: string;
  by: PersonRef | null;
  at: string;
  comment?: string | null;
}

export interface MissingCondition {
  code: string;
  message: LocalizedText;
  until?: string;
}

export interface ActivationConditions {
  materiality: Materiality;
  requiredLeadDays: number;
  leadStartedAt: string | null;
  leadEndsAt: string | null;
  effectiveAt: string;
  missing: MissingCondition[];
  met: boolean;
}

export interface Revision extends RevisionSummary {
  policy: { id: string; slug: string; kind: PolicyKind; title: LocalizedText };
  document: unknown;
  problems: PolicyProblem[];
  submittedBy?: PersonRef | null;
  approvedBy?: PersonRef | null;
  history: RevisionHistoryEntry[];
  conditions: ActivationConditions | null;
  campaignId: string | null;
  raisedTo?: Materiality | null;
  raiseReason?: string | null;
  allowedActs: AllowedAct[];
}

export interface Draft {
  revisionId: string;
  number: number;
  contentHash: string;
  state: RevisionState;
  document: unknown;
  problems: PolicyProblem[];
  etag?: string;
}

export interface CheckAnswer {
  valid: boolean;
  problems: PolicyProblem[];
}

export interface TermDifference {
  id?: string;
  /** Null where it is about the policy as a whole. */
  clauseId: string | null;
  class: Materiality;
  rule: string;
  article: string | null;
  summary: LocalizedText;
}

export interface WordRun {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

export type ClauseState = 'same' | 'changed' | 'new' | 'removed' | 'moved';

export interface ComparedClause {
  id: string;
  state: ClauseState;
  numberBefore?: string | number | null;
  numberAfter?: string | number | null;
  heading: LocalizedText;
  words: Partial<Record<Locale, WordRun[]>>;
}

export interface Comparison {
  from: RevisionSummary | null;
  to: RevisionSummary;
  materiality: Materiality;
  differences: TermDifference[];
  clauses: ComparedClause[];
}

export interface NoticePreview {
  title: LocalizedText;
  body: LocalizedText;
  channels: string[];
}

export interface Campaign {
  id: string;
  kind: string;
  revisionId: string;
  policySlug: string;
  revisionNumber: number;
  title: LocalizedText | string;
  state: 'running' | 'live' | 'cancelled' | 'completed';
  channels: string[];
  materiality?: Materiality;
  audience: number;
  reachable?: number;
  unreachable?: number;
  attemptedSubjects?: number;
  queued?: Record<string, number>;
  failed?: Record<string, number>;
  noticed: number;
  read: number;
  attempted: Record<string, number>;
  coverage: number;
  leadDays: number;
  liveAt: string | null;
  firstPassCompletedAt: string | null;
  leadEndsAt: string | null;
  effectiveAt: string;
  inEffectAt?: string | null;
  createdAt: string;
}

/** An entry of one of the registries that clauses refer to; which members it has depends on the registry. */
export interface RegistryEntry {
  id: string;
  code?: string;
  slug?: string;
  name: LocalizedText;
  sensitive?: boolean;
  location?: boolean;
  coveredByGpc?: boolean;
  kind?: string;
  region?: string;
  active?: boolean;
  contractUntil?: string | null;
}

export interface SubjectRow {
  id: string;
  kind: 'person' | 'enterprise' | 'device';
  displayName: string;
  status: 'active' | 'pendingGuardian' | 'closed';
  createdAt: string;
}

export interface Subject {
  id: string;
  kind: 'person' | 'enterprise' | 'device';
  status: 'active' | 'pendingGuardian' | 'closed';
  minor: 'adult' | 'under18' | 'under14' | 'unknown';
  createdAt: string;
  identifiers: { type: string; masked: string; confirmedAt: string | null }[];
  profile: Record<string, string>;
  sessions: number;
}

export interface Revealed {
  values: Record<string, string>;
  until: string;
}

export interface Acceptance {
  revisionId: string;
  policySlug: string;
  number: number;
  mode: 'explicit' | 'continuedUse';
  at: string;
}

export interface SubjectNotice {
  id: string;
  kind: string;
  title: LocalizedText | string;
  policySlug: string;
  revisionNumber: number;
  readAt: string | null;
  publishedAt: string;
}

export interface TimelineEntry {
  id?: string;
  at: string;
  act?: string;
  kind?: string;
  actor?: AuditActor | null;
  summary?: LocalizedText | string;
  reason?: string | null;
}

export interface AuditActor {
  kind: 'operator' | 'subject' | 'client' | 'system';
  id: string | null;
  name?: string;
}

export interface AuditEntry {
  id: string;
  at: string;
  act: string;
  actor: AuditActor;
  object: { type: string; id: string | null } | null;
  subjectId?: string | null;
  correlationId: string | null;
  reason: string | null;
  /** Whether the entry matches the hash it was stored with. */
  isIntact?: boolean;
  details: Record<string, unknown>;
}

export interface Role {
  role: string;
  permissions: string[];
}

export interface ServiceClient {
  id: string;
  name?: string;
  scopes: string[];
  createdAt: string;
  revokedAt?: string | null;
  /** Those that are still good; never their text. */
  secrets: { id: string; createdAt: string; expiresAt: string }[];
}

export interface ServiceClientSecret {
  id: string;
  secret: string;
  expiresAt?: string | null;
}

export interface DevelopmentMessage {
  channel: string;
  to: string;
  subject?: string;
  text: string;
  sentAt: string;
}

export interface OverviewFragment {
  key: string;
  [member: string]: unknown;
}

interface Asked {
  path?: Record<string, string>;
  query?: object;
  header?: Record<string, unknown>;
  body?: unknown;
}

type Parameters<In extends Asked> = { cookie?: never } & (In extends { path: infer P } ? { path: P } : { path?: never }) &
  (In extends { query: infer Q } ? { query?: Q } : { query?: never }) &
  (In extends { header: infer H } ? { header?: H } : { header?: never });

/** One operation in the form that openapi-typescript generates. */
type Operation<Answer, In extends Asked> = {
  parameters: Parameters<In>;
  responses: {
    200: { headers: Record<string, unknown>; content: { 'application/json': Answer } };
    default: { headers: Record<string, unknown>; content: { 'application/problem+json': unknown } };
  };
} & (In extends { body: infer B } ? { requestBody: { content: { 'application/json': B } } } : { requestBody?: never });

type Get<Answer, In extends Asked = object> = { get: Operation<Answer, In> };
type Post<Answer, In extends Asked = object> = { post: Operation<Answer, In> };
type Put<Answer, In extends Asked = object> = { put: Operation<Answer, In> };
type Patch<Answer, In extends Asked = object> = { patch: Operation<Answer, In> };
type Delete<Answer, In extends Asked = object> = { delete: Operation<Answer, In> };

type ById = { path: { id: string } };
type BySlug = { path: { slug: string } };
type Edited = { header: { 'If-Match'?: string } };
type Paged = { limit?: number; cursor?: string };
type Credentials = { email: string; password: string; code?: string };
type Act<Body> = Post<Revision, ById & Edited & { body: Body }>;

export interface AuditFilters {
  actorId?: string;
  act?: string;
  objectType?: string;
  objectId?: string;
  subjectId?: string;
  from?: string;
  to?: string;
}

export type SubjectKey = 'phone' | 'email' | 'idNumber' | 'id';

export interface paths {
  '/api/v1/operator/sessions': Post<CurrentSession, { body: Credentials }> & Get<List<SessionRow>>;
  '/api/v1/operator/sessions/current': Get<CurrentSession> & Delete<void>;
  '/api/v1/operator/sessions/{id}': Delete<void, ById>;
  '/api/v1/operator/sessions/step-up': Post<{ csrfToken: string; stepUpUntil: string }, { body: { password: string; code?: string } }>;
  '/api/v1/operator/sessions/factors': Get<Factors>;
  '/api/v1/operator/sessions/factors/totp': Post<{ secret: string; otpauthUrl: string }> & Delete<void>;
  '/api/v1/operator/sessions/factors/totp/confirmation': Post<{ recoveryCodes: string[] }, { body: { code: string } }>;
  '/api/v1/operator/password': Put<void, { body: { currentPassword: string; password: string; code?: string } }>;
  '/api/v1/operator/operators': Get<List<Operator>, { query: Paged }> & Post<Operator, { body: { email: string; name: string; password: string; roles: string[] } }>;
  '/api/v1/operator/operators/{id}': Patch<Operator, ById & { body: { roles?: string[]; active?: boolean } }>;
  '/api/v1/operator/roles': Get<List<Role>>;
  '/api/v1/operator/clients': Get<List<ServiceClient>> & Post<ServiceClientSecret, { body: { name: string; scopes: string[]; expiresInDays?: number } }>;
  '/api/v1/operator/clients/{id}': Delete<void, ById>;
  '/api/v1/operator/clients/{id}/rotation': Post<ServiceClientSecret, ById & { body: { overlapDays?: number } }>;
  '/api/v1/operator/subjects/search': Post<List<SubjectRow>, { body: { by: SubjectKey; value: string } }>;
  '/api/v1/operator/subjects/{id}': Get<Subject, ById>;
  '/api/v1/operator/subjects/{id}/reveal': Post<Revealed, ById & { body: { fields: string[]; reason: string } }>;
  '/api/v1/operator/subjects/{id}/acceptances': Get<List<Acceptance>, ById>;
  '/api/v1/operator/subjects/{id}/notices': Get<List<SubjectNotice>, ById>;
  '/api/v1/operator/subjects/{id}/timeline': Get<List<TimelineEntry>, ById>;
  '/api/v1/operator/policies': Get<List<PolicySummary>, { query: Paged }>;
  '/api/v1/operator/policies/{slug}': Get<PolicySummary, BySlug>;
  '/api/v1/operator/policies/{slug}/revisions': Get<List<RevisionSummary>, BySlug & { query: Paged }>;
  '/api/v1/operator/policies/{slug}/draft': Get<Draft, BySlug> & Put<Draft, BySlug & Edited & { body: { document: unknown } }>;
  '/api/v1/operator/policies/check': Post<CheckAnswer, { body: { document: unknown } }>;
  '/api/v1/operator/revisions/{id}': Get<Revision, ById>;
  '/api/v1/operator/revisions/{id}/export': Get<string, ById>;
  '/api/v1/operator/revisions/{id}/comparison': Get<Comparison, ById & { query: { with?: string } }>;
  '/api/v1/operator/revisions/{id}/notice-preview': Get<NoticePreview, ById>;
  '/api/v1/operator/revisions/{id}/submission': Act<{ comment: string }>;
  '/api/v1/operator/revisions/{id}/approval': Act<{ comment: string; contentHash: string }>;
  '/api/v1/operator/revisions/{id}/rejection': Act<{ comment: string }>;
  '/api/v1/operator/revisions/{id}/schedule': Act<{ effectiveAt: string; raiseTo?: Materiality; reason?: string }>;
  '/api/v1/operator/revisions/{id}/activation': Act<Record<string, never>>;
  '/api/v1/operator/revisions/{id}/withdrawal': Act<{ reason: string }>;
  '/api/v1/operator/campaigns': Get<List<Campaign>, { query: Paged }>;
  '/api/v1/operator/campaigns/{id}': Get<Campaign, ById>;
  '/api/v1/operator/categories': Get<List<RegistryEntry>, { query: Paged }>;
  '/api/v1/operator/purposes': Get<List<RegistryEntry>, { query: Paged }>;
  '/api/v1/operator/services': Get<List<RegistryEntry>, { query: Paged }>;
  '/api/v1/operator/recipients': Get<List<RegistryEntry>, { query: Paged }>;
  '/api/v1/operator/third-party-services': Get<List<RegistryEntry>, { query: Paged }>;
  '/api/v1/operator/overview': Get<{ fragments: OverviewFragment[] }>;
  '/api/v1/operator/audit/entries': Get<List<AuditEntry>, { query: AuditFilters & Paged }>;
  '/api/v1/dev/messages': Get<List<DevelopmentMessage>>;
  '/api/v1/dev/clock': Get<{ now: string }> & Post<{ now: string }, { body: { at?: string; advance?: string; reset?: boolean } }>;
}
