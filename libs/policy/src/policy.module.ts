import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { NotificationsModule } from '@abide/notifications';
import { OwnAcceptancesController, SubjectAcceptancesController } from './acceptance/acceptance.controller.js';
import { ProfileMinimums } from './registries/profile-minimums.js';
import { AcceptanceHolder } from './acceptance/acceptance.holder.js';
import { AcceptanceQueries } from './acceptance/acceptance.queries.js';
import { AcceptancesFragment } from './acceptance/acceptances.fragment.js';
import { Acceptances } from './acceptance/acceptances.service.js';
import { ActivationConditions } from './activation/activation-conditions.js';
import { Activation } from './activation/activation.service.js';
import { EarlierRevisions } from './activation/earlier-revisions.js';
import { OwnConditions } from './activation/own-conditions.js';
import { Scheduling } from './activation/scheduling.service.js';
import { Calculator } from './calculation/calculator.js';
import { ComparisonController } from './authoring/comparison.controller.js';
import { Comparisons } from './comparison/comparisons.js';
import { CitedRevisions } from './effective/cited-revisions.js';
import { EffectiveRulebook } from './effective/effective-rulebook.js';
import { MinorAgesInForce } from './effective/minor-ages-in-force.js';
import { KeptPolicyTests } from './policy-tests/kept-policy-tests.entity.js';
import { PolicyTestRuns } from './policy-tests/policy-test-runs.js';
import { PolicyTestTexts } from './policy-tests/policy-test-texts.service.js';
import { PolicyTestsController } from './policy-tests/policy-tests.controller.js';
import { PolicyPagesController } from './public/pages/policy-pages.controller.js';
import { PolicyPages } from './public/pages/policy-pages.js';
import { SitePages } from './public/pages/site-pages.js';
import { Precedence } from './public/precedence.js';
import { PublicComparisons } from './public/public-comparisons.js';
import { PublicPoliciesController } from './public/public-policies.controller.js';
import { PublishedPolicies } from './public/published-policies.js';
import { RegistrationFieldsController } from './registration/registration-fields.controller.js';
import { RegistrationFields } from './registration/registration-fields.service.js';
import { CategoriesController } from './registries/categories.controller.js';
import { ProfilesController } from './registries/profiles.controller.js';
import { PurposesController } from './registries/purposes.controller.js';
import { RecipientsController } from './registries/recipients.controller.js';
import { RegisteredSensitivity } from './registries/registered-sensitivity.js';
import { EvidenceTerms } from './registries/evidence-terms.js';
import { Registries } from './registries/registries.js';
import { ProfileVersion, Service } from './registries/registry-entries.entity.js';
import { RegistryVocabulary } from './registries/registry-vocabulary.js';
import { ServicesController } from './registries/services.controller.js';
import { ThirdPartyServicesController } from './registries/third-party-services.controller.js';
import { Drafts } from './authoring/drafts.service.js';
import { OpenRevisionsFragment } from './authoring/open-revisions.fragment.js';
import { PoliciesController } from './authoring/policies.controller.js';
import { Policies } from './revisions/policies.js';
import { PolicyCheck } from './revisions/policy-check.js';
import { Policy } from './revisions/policy.entity.js';
import { Review } from './authoring/review.service.js';
import { RevisionAct } from './revisions/revision-act.entity.js';
import { RevisionView } from './authoring/revision-view.js';
import { Revision } from './revisions/revision.entity.js';
import { RevisionsController } from './authoring/revisions.controller.js';
import { Revisions } from './revisions/revisions.js';
import { ServiceDraftsController } from './authoring/service-drafts.controller.js';

/** What has a life of its own and is worked on as a whole; lists, counts and busy paths ask in SQL. */
const entities = [KeptPolicyTests, Policy, ProfileVersion, Revision, RevisionAct, Service];

/** Policies from draft to effect, the registries their clauses refer to, and their acceptance. */
@Module({
  imports: [TypeOrmModule.forFeature(entities), NotificationsModule],
  controllers: [
    CategoriesController,
    PurposesController,
    ServicesController,
    RecipientsController,
    ThirdPartyServicesController,
    ProfilesController,
    PoliciesController,
    PolicyTestsController,
    ServiceDraftsController,
    RevisionsController,
    ComparisonController,
    OwnAcceptancesController,
    SubjectAcceptancesController,
    PublicPoliciesController,
    PolicyPagesController,
    RegistrationFieldsController,
  ],
  providers: [
    Calculator,
    EvidenceTerms,
    Registries,
    RegistryVocabulary,
    Policies,
    Revisions,
    PolicyCheck,
    Drafts,
    PolicyTestTexts,
    PolicyTestRuns,
    Review,
    RevisionView,
    OpenRevisionsFragment,
    Comparisons,
    Scheduling,
    Activation,
    ActivationConditions,
    OwnConditions,
    EarlierRevisions,
    CitedRevisions,
    EffectiveRulebook,
    MinorAgesInForce,
    RegisteredSensitivity,
    RegistrationFields,
    Acceptances,
    AcceptancesFragment,
    AcceptanceQueries,
    AcceptanceHolder,
    ProfileMinimums,
    PublishedPolicies,
    PublicComparisons,
    Precedence,
    PolicyPages,
    SitePages,
  ],
  exports: [
    Acceptances,
    AcceptanceQueries,
    ActivationConditions,
    CitedRevisions,
    Drafts,
    EffectiveRulebook,
    PolicyCheck,
    PolicyTestTexts,
    EvidenceTerms,
    Registries,
    SitePages,
  ],
})
export class PolicyModule {}
