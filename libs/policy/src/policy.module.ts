import { Module } from '@nestjs/common';
import { NotificationsModule } from '@abide/notifications';
import { Activation } from './activation/activation.service.js';
import { Scheduling } from './activation/scheduling.service.js';
import { ComparisonController } from './comparison/comparison.controller.js';
import { Comparisons } from './comparison/comparisons.js';
import { CategoriesController } from './registries/categories.controller.js';
import { ProfilesController } from './registries/profiles.controller.js';
import { PurposesController } from './registries/purposes.controller.js';
import { RecipientsController } from './registries/recipients.controller.js';
import { Registries } from './registries/registries.js';
import { ServicesController } from './registries/services.controller.js';
import { ThirdPartyServicesController } from './registries/third-party-services.controller.js';
import { Drafts } from './revisions/drafts.service.js';
import { PoliciesController } from './revisions/policies.controller.js';
import { Policies } from './revisions/policies.js';
import { PolicyCheck } from './revisions/policy-check.js';
import { Review } from './revisions/review.service.js';
import { RevisionView } from './revisions/revision-view.js';
import { RevisionsController } from './revisions/revisions.controller.js';
import { Revisions } from './revisions/revisions.js';
import { ServiceDraftsController } from './revisions/service-drafts.controller.js';

/** Policies from draft to effect, the registries their clauses refer to, and their acceptance. */
@Module({
  imports: [NotificationsModule],
  controllers: [
    CategoriesController, PurposesController, ServicesController, RecipientsController, ThirdPartyServicesController, ProfilesController,
    PoliciesController, ServiceDraftsController, RevisionsController, ComparisonController,
  ],
  providers: [Registries, Policies, Revisions, PolicyCheck, Drafts, Review, RevisionView, Comparisons, Scheduling, Activation],
})
export class PolicyModule {}
