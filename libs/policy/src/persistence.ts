import type { Persistence } from '@abide/platform';
import { Acceptance } from './acceptance/acceptance.entity.js';
import { Policy1764000500000 } from './migrations/1764000500000-policy.js';
import { ApprovedMateriality1764000501000 } from './migrations/1764000501000-approved-materiality.js';
import { PolicyTests1764000502000 } from './migrations/1764000502000-policy-tests.js';
import { EventFields1764000503000 } from './migrations/1764000503000-event-fields.js';
import { RegistryHistory1764000512000 } from './migrations/1764000512000-registry-history.js';
import { WeighedAt1764000513000 } from './migrations/1764000513000-weighed-at.js';
import { AnsweredWarnings1764000514000 } from './migrations/1764000514000-answered-warnings.js';
import { FollowedAcceptances1764000519000 } from './migrations/1764000519000-followed-acceptances.js';
import { Guides1764000520000 } from './migrations/1764000520000-guides.js';
import { KeptPolicyTests } from './policy-tests/kept-policy-tests.entity.js';
import {
  Category,
  ProfileVersion,
  Purpose,
  Recipient,
  Service,
  ThirdPartyService,
} from './registries/registry-entries.entity.js';
import { Policy } from './revisions/policy.entity.js';
import { RevisionAct } from './revisions/revision-act.entity.js';
import { Revision } from './revisions/revision.entity.js';

export const policyPersistence: Persistence = {
  entities: [
    Category,
    Purpose,
    Service,
    Recipient,
    ThirdPartyService,
    ProfileVersion,
    Policy,
    Revision,
    RevisionAct,
    KeptPolicyTests,
    Acceptance,
  ],
  migrations: [
    Policy1764000500000,
    ApprovedMateriality1764000501000,
    PolicyTests1764000502000,
    EventFields1764000503000,
    RegistryHistory1764000512000,
    WeighedAt1764000513000,
    AnsweredWarnings1764000514000,
    FollowedAcceptances1764000519000,
    Guides1764000520000,
  ],
};
