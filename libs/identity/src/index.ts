export { IdentityModule } from './identity.module.js';
export { ChangeLog, type Changes, type Seen } from './change-log/change-log.js';
export { followedSql, unfollowedSql } from './change-log/change-log.sql.js';
export { PendingChange } from './changes/pending-change.entity.js';
export { respondToOutcome } from './changes/pending-changes.controller.js';
export { PendingChangeAnswer } from './changes/pending-changes.dto.js';
export { PendingChanges, type ChangeOutcome, type PendingChangeKind } from './changes/pending-changes.service.js';
export { OverviewFragments, type OverviewContent, type OverviewFragment } from './fragments/overview-fragments.js';
export {
  TimelineFragments,
  type TimelineEntry,
  type TimelineFragment,
  type TimelineRange,
} from './fragments/timeline-fragments.js';
export { Attempts, type WindowLimit } from './credentials/attempts.js';
export { ClientChanges } from './clients/client-changes.service.js';
export { ClientVocabulary, type VocabularySource } from './clients/client-vocabulary.js';
export { openData, scopes, scopesToCome, type Scope } from './clients/scopes.js';
export { ClientAuthors } from './clients/client-authors.js';
export { ServiceClients, type NewClient } from './clients/service-clients.service.js';
export { Guardianships, type GuardianFacts } from './guardianships/guardianships.service.js';
export { linkLastsHours, OperatorLinks } from './operators/operator-links.service.js';
export { OperatorMail } from './operators/operator-mail.service.js';
export { Operators, type GrantEvidence, type NewOperator } from './operators/operators.service.js';
export { RecordsLook } from './looks/records-look.js';
export { Looks } from './looks/looks.service.js';
export { MinorLooks } from './looks/minor-looks.service.js';
export {
  furtherPermissions,
  permissions,
  permissionsOf,
  permissionsOfRole,
  roles,
  type Permission,
  type Role,
} from './operators/roles.js';
export { registrationFieldsOf, type RegistrationField } from './registrations/registration-fields.js';
export { RegistrationSteps, type Registration, type RegistrationStep } from './registrations/registration-steps.js';
export { isRegisteredAfter, lockedGiver } from './subjects/giver.sql.js';
export { MandateNaming } from './mandates/mandate-naming.service.js';
export { Mandates } from './mandates/mandates.service.js';
export { type Mandate } from './mandates/mandate.entity.js';
export { mandateRoles, memberActs, type MandateRole, type MemberAct } from './mandates/mandate.rules.js';
export { MinorAges, type MinorAgesSource } from './subjects/minor-ages.js';
export { type AgesOfMinority, type MinorStatus } from './subjects/minor.rules.js';
export { Objections, type Objection } from './subjects/objections.js';
export { OperatorSubjects, type Withholding } from './operator-subjects/operator-subjects.service.js';
export { isSignInCategory, ownCategories } from './subjects/profile.rules.js';
export { maskIdentifier } from './subjects/mask.rules.js';
export { type Identifier } from './subjects/identifier.rules.js';
export { AfterDeath } from './subjects/after-death.service.js';
export { relativesActs, type RelativesAct } from './subjects/subject.entity.js';
export { Closings } from './closings/closings.service.js';
export { Deaths } from './deaths/deaths.service.js';
export { SessionSpans, type SessionOf, type SessionSpan } from './sessions/session-spans.js';
export { SensitiveCategories } from './subjects/sensitive-categories.js';
export {
  Subjects,
  type DecisionFacts,
  type OwnDevice,
  type PastState,
  type ReachableSubject,
  type SubjectFacts,
  type Audience,
} from './subjects/subjects.service.js';
export { AddressCodes, type AddressOwner, type ProvenAddress } from './request-codes/address-codes.service.js';
export { RequestCodes } from './request-codes/request-codes.service.js';
export { type CodeWording, type StartedVerification } from './verifications/verifications.service.js';
export { SigningKeys, type SigningKey } from './tokens/signing-keys.service.js';
