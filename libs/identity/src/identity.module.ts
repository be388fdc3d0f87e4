import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Authenticator } from '@abide/platform';
import { IdentityAuthenticator } from './authenticator.js';
import { Bootstrap } from './bootstrap.js';
import { ChangeLog } from './change-log/change-log.js';
import { PendingChange } from './changes/pending-change.entity.js';
import { PendingChangesController } from './changes/pending-changes.controller.js';
import { PendingChanges } from './changes/pending-changes.service.js';
import { WaitingChangesFragment } from './changes/waiting-changes.fragment.js';
import { ClientAuthors } from './clients/client-authors.js';
import { ClientChanges } from './clients/client-changes.service.js';
import { ClientSecrets } from './clients/client-secrets.js';
import { ClientTokens } from './clients/client-tokens.service.js';
import { ClientVocabulary } from './clients/client-vocabulary.js';
import { OauthController } from './clients/oauth.controller.js';
import { ServiceClientsController } from './clients/service-clients.controller.js';
import { ServiceClients } from './clients/service-clients.service.js';
import { Attempts } from './credentials/attempts.js';
import { GuardianshipEvidence } from './guardianships/guardianship-evidence.entity.js';
import { Guardianship } from './guardianships/guardianship.entity.js';
import { OverviewController } from './fragments/overview.controller.js';
import { OverviewFragments } from './fragments/overview-fragments.js';
import { TimelineFragments } from './fragments/timeline-fragments.js';
import { FactorsController } from './operators/factors.controller.js';
import { GuardianAccounts } from './guardianships/guardian-accounts.service.js';
import { GuardianAdditions } from './guardianships/guardian-additions.service.js';
import { GuardianAges } from './guardianships/guardian-ages.service.js';
import { GuardianDecisions } from './guardian-cases/guardian-decisions.service.js';
import { GuardianErasure } from './guardianships/guardian-erasure.service.js';
import { GuardianLinks } from './guardianships/guardian-links.service.js';
import { GuardianReview } from './guardian-cases/guardian-review.queries.js';
import { GuardianshipRecords } from './guardianships/guardianship-records.js';
import { GuardianshipsController } from './guardianships/guardianships.controller.js';
import { Guardianships } from './guardianships/guardianships.service.js';
import { EnterprisePeople } from './mandates/enterprise-people.service.js';
import { EnterprisesController } from './mandates/enterprises.controller.js';
import { MandateCodesController } from './mandates/mandate-codes.controller.js';
import { MandateNaming } from './mandates/mandate-naming.service.js';
import { Mandate } from './mandates/mandate.entity.js';
import { Mandates } from './mandates/mandates.service.js';
import { OperatorMandatesController } from './mandates/operator-mandates.controller.js';
import { MinorHandOver } from './guardianships/minor-hand-over.service.js';
import { OperatorGuardianshipsController } from './guardian-cases/operator-guardianships.controller.js';
import { WardsController } from './guardianships/wards.controller.js';
import { Wards } from './guardianships/wards.service.js';
import { IdentityExports } from './identity-exports.js';
import { IdentitySupply } from './identity-supply.js';
import { ErasedKinds } from './erased-kinds.js';
import { ExpiredRecords } from './expired-records.js';
import { IdentityHolder } from './identity.holder.js';
import { IdentitySweep } from './identity-sweep.js';
import { Looks } from './looks/looks.service.js';
import { MinorLook } from './looks/minor-look.entity.js';
import { MinorLooks } from './looks/minor-looks.service.js';
import { MinorLookAsks } from './minor-looks/minor-look-asks.service.js';
import { MinorLooksController } from './minor-looks/minor-looks.controller.js';
import { Factors } from './operators/factors.service.js';
import { OperatorChangesController } from './operator-changes/operator-changes.controller.js';
import { OperatorChanges } from './operator-changes/operator-changes.service.js';
import { OperatorLinksController } from './operators/operator-links.controller.js';
import { OperatorLinks } from './operators/operator-links.service.js';
import { OperatorMail } from './operators/operator-mail.service.js';
import { OperatorSettingsController } from './operators/operator-settings.controller.js';
import { OperatorSession } from './operators/operator-session.entity.js';
import { OperatorSessionsController } from './operators/operator-sessions.controller.js';
import { OperatorSessions } from './operators/operator-sessions.service.js';
import { OperatorSignIn } from './operators/operator-sign-in.service.js';
import { Operator } from './operators/operator.entity.js';
import { OperatorsController } from './operator-changes/operators.controller.js';
import { Operators } from './operators/operators.service.js';
import { SecondPerson } from './operators/second-person.js';
import { SessionCookie } from './operators/session-cookie.js';
import { Devices } from './registrations/devices.service.js';
import { PendingRegistration } from './registrations/pending-registration.entity.js';
import { RegistrationSteps } from './registrations/registration-steps.js';
import { RegistrationsController } from './registrations/registrations.controller.js';
import { Registrations } from './registrations/registrations.service.js';
import { SubjectAdmission } from './admission/subject-admission.service.js';
import { SessionToken, SignInRecord, SubjectSession } from './sessions/subject-session.entity.js';
import { SubjectSessionsController } from './sessions/subject-sessions.controller.js';
import { Objections } from './subjects/objections.js';
import { Restrictions } from './subjects/restrictions.js';
import { RetainedSignIns } from './sessions/retained-sign-ins.js';
import { SessionSpans } from './sessions/session-spans.js';
import { SubjectSessions } from './sessions/subject-sessions.service.js';
import { SubjectSignIn } from './sessions/subject-sign-in.service.js';
import { IdentifierReindexing } from './identifiers/identifier-reindexing.js';
import { IdentifierRecords } from './subjects/identifier-records.js';
import { Identifiers } from './identifiers/identifiers.service.js';
import { AfterDeath } from './subjects/after-death.service.js';
import { Closings } from './closings/closings.service.js';
import { Deaths } from './deaths/deaths.service.js';
import { MinorAges } from './subjects/minor-ages.js';
import { Credential, ProfileFieldRow, SubjectIdentifier } from './subjects/profile.entity.js';
import { SensitiveCategories } from './subjects/sensitive-categories.js';
import { OperatorSubjectsController } from './operator-subjects/operator-subjects.controller.js';
import { OperatorSubjects } from './operator-subjects/operator-subjects.service.js';
import { AfterDeathController } from './own-account/after-death.controller.js';
import { OwnAccountController } from './own-account/own-account.controller.js';
import { OwnBirthDate } from './own-account/own-birth-date.service.js';
import { OwnAccounts } from './own-account/own-account.service.js';
import { Profiles } from './subjects/profiles.service.js';
import { DeviceLink, Subject } from './subjects/subject.entity.js';
import { RegisteredFragment } from './operator-subjects/registered.fragment.js';
import { SubjectTimelineController } from './operator-subjects/subject-timeline.controller.js';
import { Subjects } from './subjects/subjects.service.js';
import { AccessTokens } from './tokens/access-tokens.service.js';
import { SigningKeysController } from './tokens/signing-keys.controller.js';
import { SigningKeys } from './tokens/signing-keys.service.js';
import { Messenger } from './verifications/messenger.js';
import { Verification } from './verifications/verification.entity.js';
import { VerificationsController } from './verifications/verifications.controller.js';
import { AddressCodes } from './request-codes/address-codes.service.js';
import { RequestCodes } from './request-codes/request-codes.service.js';
import { Verifications } from './verifications/verifications.service.js';

/** What has a life of its own and is worked on as a whole; lists, counts and busy paths ask in SQL. */
const entities = [
  Credential,
  DeviceLink,
  Guardianship,
  GuardianshipEvidence,
  Mandate,
  MinorLook,
  Operator,
  OperatorSession,
  PendingChange,
  PendingRegistration,
  ProfileFieldRow,
  SessionToken,
  SignInRecord,
  Subject,
  SubjectIdentifier,
  SubjectSession,
  Verification,
];

const operatorParts = [
  Factors,
  PendingChanges,
  OperatorChanges,
  OperatorLinks,
  OperatorMail,
  Operators,
  OperatorSessions,
  OperatorSignIn,
  SecondPerson,
  SessionCookie,
  WaitingChangesFragment,
];
const clientParts = [
  AccessTokens,
  ClientAuthors,
  ClientChanges,
  ClientSecrets,
  ClientTokens,
  ClientVocabulary,
  ServiceClients,
  SigningKeys,
];
const subjectParts = [
  AfterDeath,
  Closings,
  Deaths,
  Devices,
  IdentifierRecords,
  IdentifierReindexing,
  Identifiers,
  Messenger,
  MinorAges,
  OperatorSubjects,
  OwnAccounts,
  OwnBirthDate,
  Profiles,
  RegisteredFragment,
  Registrations,
  RegistrationSteps,
  SensitiveCategories,
  SubjectAdmission,
  Subjects,
  SessionSpans,
  SubjectSessions,
  SubjectSignIn,
  Verifications,
  AddressCodes,
  RequestCodes,
];
const guardianParts = [
  GuardianAccounts,
  GuardianAdditions,
  GuardianAges,
  GuardianDecisions,
  GuardianErasure,
  GuardianReview,
  GuardianLinks,
  GuardianshipRecords,
  Guardianships,
  MinorHandOver,
  Wards,
];
const enterpriseParts = [EnterprisePeople, MandateNaming, Mandates];

/** Subjects, operators and service clients: who asks, and how they proved it. Global. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature(entities)],
  controllers: [
    OverviewController,
    FactorsController,
    PendingChangesController,
    OperatorChangesController,
    OperatorLinksController,
    OperatorSettingsController,
    OperatorSessionsController,
    OperatorsController,
    OauthController,
    ServiceClientsController,
    SigningKeysController,
    GuardianshipsController,
    OperatorGuardianshipsController,
    WardsController,
    EnterprisesController,
    MandateCodesController,
    OperatorMandatesController,
    OperatorSubjectsController,
    SubjectTimelineController,
    MinorLooksController,
    AfterDeathController,
    OwnAccountController,
    RegistrationsController,
    SubjectSessionsController,
    VerificationsController,
  ],
  providers: [
    { provide: Authenticator, useClass: IdentityAuthenticator },
    Attempts,
    Bootstrap,
    ChangeLog,
    IdentityHolder,
    ErasedKinds,
    ExpiredRecords,
    IdentityExports,
    IdentitySupply,
    RetainedSignIns,
    Restrictions,
    Objections,
    IdentitySweep,
    Looks,
    MinorLookAsks,
    MinorLooks,
    OverviewFragments,
    TimelineFragments,
    ...operatorParts,
    ...clientParts,
    ...subjectParts,
    ...guardianParts,
    ...enterpriseParts,
  ],
  exports: [
    Attempts,
    Authenticator,
    ChangeLog,
    AfterDeath,
    Closings,
    Deaths,
    ClientAuthors,
    ClientVocabulary,
    Guardianships,
    Looks,
    MandateNaming,
    Mandates,
    MinorAges,
    MinorLooks,
    Objections,
    OperatorLinks,
    OperatorMail,
    Operators,
    OperatorSubjects,
    OverviewFragments,
    PendingChanges,
    RegistrationSteps,
    AddressCodes,
    RequestCodes,
    SensitiveCategories,
    ServiceClients,
    SessionSpans,
    SigningKeys,
    Subjects,
    TimelineFragments,
  ],
})
export class IdentityModule {}
