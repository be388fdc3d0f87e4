import { Module } from '@nestjs/common';
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
import { Revisions } from './revisions/revisions.js';
import { ServiceDraftsController } from './revisions/service-drafts.controller.js';

/** Policies from draft to effect, the registries their clauses refer to, and their acceptance. */
@Module({
  controllers: [
    CategoriesController, PurposesController, ServicesController, RecipientsController, ThirdPartyServicesController, ProfilesController,
    PoliciesController, ServiceDraftsController,
  ],
  providers: [Registries, Policies, Revisions, PolicyCheck, Drafts],
})
export class PolicyModule {}
