import type { Persistence } from '@abide/platform';
import { GuardianshipEvidence } from './guardianships/guardianship-evidence.entity.js';
import { PendingChange } from './changes/pending-change.entity.js';
import { Guardianship } from './guardianships/guardianship.entity.js';
import { Look } from './looks/look.entity.js';
import { Mandate } from './mandates/mandate.entity.js';
import { MinorLook } from './looks/minor-look.entity.js';
import { MinorLooks1764000343000 } from './migrations/1764000343000-minor-looks.js';
import { Operators1764000300000 } from './migrations/1764000300000-operators.js';
import { Clients1764000301000 } from './migrations/1764000301000-clients.js';
import { Subjects1764000302000 } from './migrations/1764000302000-subjects.js';
import { OperatorChanges1764000303000 } from './migrations/1764000303000-operator-changes.js';
import { SigningKeyUses1764000303500 } from './migrations/1764000303500-signing-key-uses.js';
import { Guardianships1764000304000 } from './migrations/1764000304000-guardianships.js';
import { EarlierStates1764000312000 } from './migrations/1764000312000-earlier-states.js';
import { OperatorLinks1764000316001 } from './migrations/1764000316001-operator-links.js';
import { GuardianAges1764000315000 } from './migrations/1764000315000-guardian-ages.js';
import { DeviceLinkSpans1764000315001 } from './migrations/1764000315001-device-link-spans.js';
import { Looks1764000315002 } from './migrations/1764000315002-looks.js';
import { SecondPerson1764000316000 } from './migrations/1764000316000-second-person.js';
import { PendingChanges1764000317000 } from './migrations/1764000317000-pending-changes.js';
import { NormalIdentifiers1764000321000 } from './migrations/1764000321000-normal-identifiers.js';
import { WithdrawalsStandAgain1764000323000 } from './migrations/1764000323000-withdrawals-stand-again.js';
import { ReceiverKeys1764000320000 } from './migrations/1764000320000-receiver-keys.js';
import { AccessVersions1764000324000 } from './migrations/1764000324000-access-versions.js';
import { KeptSignIns1764000330000 } from './migrations/1764000330000-kept-sign-ins.js';
import { Restrictions1764000331000 } from './migrations/1764000331000-restrictions.js';
import { Mandates1764000342000 } from './migrations/1764000342000-mandates.js';
import { AfterDeath1764000347000 } from './migrations/1764000347000-after-death.js';
import { Objections1764000345000 } from './migrations/1764000345000-objections.js';
import { Deaths1764000343000 } from './migrations/1764000343000-deaths.js';
import { OperatorDigests1764000340000 } from './migrations/1764000340000-operator-digests.js';
import { RequestCodes1764000338000 } from './migrations/1764000338000-request-codes.js';
import { AddressProofs1764000338500 } from './migrations/1764000338500-address-proofs.js';
import { ChangedSubjects1764000335000 } from './migrations/1764000335000-changed-subjects.js';
import { OneTableOfChanges1764000336000 } from './migrations/1764000336000-one-table-of-changes.js';
import { OperatorSession } from './operators/operator-session.entity.js';
import { Operator } from './operators/operator.entity.js';
import { PendingRegistration } from './registrations/pending-registration.entity.js';
import { SessionToken, SignInRecord, SubjectSession } from './sessions/subject-session.entity.js';
import { Credential, ProfileFieldRow, SharedIdentifier, SubjectIdentifier } from './subjects/profile.entity.js';
import { ObjectionRecord } from './subjects/objection.entity.js';
import { RestrictionRecord } from './subjects/restriction-record.entity.js';
import { DeviceLink, EarlierState, Subject } from './subjects/subject.entity.js';
import { Verification } from './verifications/verification.entity.js';

export const identityPersistence: Persistence = {
  entities: [
    Operator,
    OperatorSession,
    PendingChange,
    Subject,
    EarlierState,
    RestrictionRecord,
    ObjectionRecord,
    SubjectIdentifier,
    SharedIdentifier,
    ProfileFieldRow,
    Credential,
    DeviceLink,
    PendingRegistration,
    Verification,
    SubjectSession,
    SessionToken,
    SignInRecord,
    Guardianship,
    GuardianshipEvidence,
    Mandate,
    Look,
    MinorLook,
  ],
  migrations: [
    Operators1764000300000,
    Clients1764000301000,
    Subjects1764000302000,
    OperatorChanges1764000303000,
    SigningKeyUses1764000303500,
    Guardianships1764000304000,
    EarlierStates1764000312000,
    GuardianAges1764000315000,
    DeviceLinkSpans1764000315001,
    Looks1764000315002,
    SecondPerson1764000316000,
    OperatorLinks1764000316001,
    PendingChanges1764000317000,
    ReceiverKeys1764000320000,
    NormalIdentifiers1764000321000,
    WithdrawalsStandAgain1764000323000,
    AccessVersions1764000324000,
    KeptSignIns1764000330000,
    Restrictions1764000331000,
    ChangedSubjects1764000335000,
    OneTableOfChanges1764000336000,
    RequestCodes1764000338000,
    OperatorDigests1764000340000,
    AddressProofs1764000338500,
    Mandates1764000342000,
    Deaths1764000343000,
    MinorLooks1764000343000,
    Objections1764000345000,
    AfterDeath1764000347000,
  ],
};
