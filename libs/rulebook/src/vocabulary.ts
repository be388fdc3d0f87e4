/** The closed vocabularies of terms. Order matters where a comment says so. */
/** A `guide` stands beside the policies, for an audience: it permits nothing and promises more. */
export const policyKinds = ['general', 'service', 'agreement', 'guide'] as const;
/** Whom a guide is for. `children`: whoever needs a guardian's consent by their age; whose age nobody knows is not among them. */
export const audiences = ['children'] as const;
/** Kinds of apps of which the law lists the data that they need (Chinese rules of 2021; mini-programs count as apps). */
export const appKinds = ['performanceTickets', 'utilities'] as const;
export const termTypes = [
  'collection',
  'use',
  'crossServiceUse',
  'sharing',
  'retention',
  'right',
  'protection',
  'minors',
  'change',
  'exclusion',
] as const;
/** What may stand in a guide: what narrows or promises, and nothing that holds for everybody. */
export const guideTermTypes: readonly TermType[] = ['right', 'protection', 'minors', 'change'];
export const bases = [
  'contract',
  'consent',
  'separateConsent',
  'legalObligation',
  'publicInterest',
  'vitalInterest',
  'legitimateInterest',
  'publicised',
] as const;
/** From the mildest consequence to the hardest. */
export const withheldConsequences = ['degraded', 'noService', 'noRegistration'] as const;
export const recipientKinds = ['affiliate', 'processor', 'partner', 'auditor', 'authority', 'acquirer'] as const;
export const crossServiceForms = ['aggregated', 'personalised'] as const;
export const crossServiceData = ['collected', 'provided', 'stored'] as const;
/** From what protects the subject most to what protects least. */
export const retentionOutcomes = ['delete', 'anonymise', 'restrict'] as const;
export const retentionEvents = [
  'accountClosure',
  'serviceEnd',
  'agreementEnd',
  'purposeMet',
  'consentWithdrawal',
  'sessionEnd',
] as const;
export const rights = [
  'access',
  'portability',
  'correction',
  'deletion',
  'restriction',
  'objection',
  'accountClosure',
  'explanation',
  'inquiry',
  'withdrawal',
  'complaint',
] as const;
/** From the lightest proof of identity to the heaviest. */
export const verifications = ['none', 'session', 'stepUp', 'evidence'] as const;
/** From what protects the minor most to what protects least. */
export const minorRequirements = ['notAllowed', 'guardianConsent', 'guardianAdvice'] as const;
/** `website`: a notice on the public pages of the platform, for everybody who comes; nobody has to be reached for it. */
export const noticeChannels = ['inApp', 'email', 'sms', 'webPush', 'website'] as const;
/** From what asks most of us to what asks least. */
export const acceptanceModes = ['explicit', 'continuedUse', 'none'] as const;
export const exclusionScopes = ['thirdPartyServices', 'advertisingCompanies'] as const;
/** Where what is collected may be: left out, wherever we store it. */
export const storages = ['onDevice'] as const;
export const fallbacks = ['generic', 'coarse', 'manual'] as const;
/** The categories that precision `truncated` means something for. */
export const truncatedCategories = ['log.network', 'content.metadata'] as const;

/** Open vocabularies: other codes are accepted with a warning, since platforms differ. */
export const knownSources = [
  'subject',
  'guardian',
  'device',
  'others',
  'affiliate',
  'thirdParty',
  'publicRecord',
] as const;
export const knownMeasures = [
  'encryptionInTransit',
  'encryptionAtRest',
  'accessControl',
  'auditTrail',
  'pseudonymisation',
  'minimisation',
  'separateStorage',
  'impactAssessment',
  'staffTraining',
  'contractualSafeguards',
  'incidentResponse',
  'backup',
] as const;

/** Whether a basis can carry what is sensitive: an agreement, an interest of ours and a mere consent cannot (PIPL art. 28–29). */
export function bearsSensitive(basis: Basis): boolean {
  return (
    basis === 'separateConsent' ||
    basis === 'legalObligation' ||
    basis === 'publicInterest' ||
    basis === 'vitalInterest'
  );
}

export type PolicyKind = (typeof policyKinds)[number];
export type Audience = (typeof audiences)[number];
export type AppKind = (typeof appKinds)[number];
export type TermType = (typeof termTypes)[number];
export type Basis = (typeof bases)[number];
export type WithheldConsequence = (typeof withheldConsequences)[number];
export type RecipientKind = (typeof recipientKinds)[number];
export type CrossServiceForm = (typeof crossServiceForms)[number];
export type CrossServiceData = (typeof crossServiceData)[number];
export type RetentionOutcome = (typeof retentionOutcomes)[number];
export type RetentionEvent = (typeof retentionEvents)[number];
export type Right = (typeof rights)[number];
export type Verification = (typeof verifications)[number];
export type MinorRequirement = (typeof minorRequirements)[number];
export type NoticeChannel = (typeof noticeChannels)[number];
export type AcceptanceMode = (typeof acceptanceModes)[number];
export type ExclusionScope = (typeof exclusionScopes)[number];
export type Storage = (typeof storages)[number];
export type Fallback = (typeof fallbacks)[number];
