import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConsentModule } from '@abide/consent';
import { AttachmentsModule } from '@abide/attachments';
import { HoldersModule } from '@abide/holders';
import { NotificationsModule } from '@abide/notifications';
import { PolicyModule } from '@abide/policy';
import { RetentionModule } from '@abide/retention';
import { BulkDecisionQueries } from './bulk/bulk-decision.queries.js';
import { BulkDecisionsController } from './bulk/bulk-decisions.controller.js';
import { BulkDecisions } from './bulk/bulk-decisions.service.js';
import { RequestClocks } from './clock/request-clocks.service.js';
import { Calendars } from './clock/working-days.js';
import { RequestStatistics } from './figures/request-statistics.js';
import { RequestStatisticsController } from './figures/request-statistics.controller.js';
import { Findings } from './findings/findings.service.js';
import { FeedbackController } from './feedback/feedback.controller.js';
import { FulfilmentController } from './fulfilment/fulfilment.controller.js';
import { FulfilmentRetries } from './fulfilment/fulfilment-retries.js';
import { EvidenceController } from './evidence/evidence.controller.js';
import { ManualTasks } from './fulfilment/manual-tasks.js';
import { AccountEndings } from './fulfilment/account-endings.js';
import { Erasing } from './fulfilment/erasing.js';
import { Fulfilment } from './fulfilment/fulfilment.service.js';
import { OutsideExports } from './outside/outside-exports.js';
import { OutsideFindings } from './requests/outside-findings.js';
import { HolderExpectations } from './outside/holder-expectations.js';
import { OutsideFulfilment } from './outside/outside-fulfilment.js';
import { OutsideQuestions } from './requests/outside-questions.js';
import { PackageController } from './packages/package.controller.js';
import { PackageGrounds } from './packages/package-grounds.service.js';
import { ToldRequests } from './packages/told-requests.service.js';
import { Packages } from './packages/packages.service.js';
import { RequestPackage } from './packages/request-package.entity.js';
import { RequestFigures } from './queue/request-figures.js';
import { RequestFiguresFragment } from './queue/request-figures.fragment.js';
import { PublicRequestRecords } from './askers/public-request-records.js';
import { PublicRequest } from './askers/public-request.entity.js';
import { PublicRequestsController } from './public/public-requests.controller.js';
import { OnBehalfController } from './on-behalf/on-behalf.controller.js';
import { OnBehalf } from './on-behalf/on-behalf.service.js';
import { RequestFilesController } from './public/request-files.controller.js';
import { RequestPagesController } from './public/request-pages.controller.js';
import { PublicRequests } from './public/public-requests.service.js';
import { OperatorRequestAnswers } from './requests/operator-request-answers.service.js';
import { OperatorRequestsController } from './requests/operator-requests.controller.js';
import { OwnRequestsController } from './requests/own-requests.controller.js';
import { QueueFilters } from './requests/queue-filters.js';
import { EnterpriseRequests } from './enterprises/enterprise-requests.service.js';
import { EnterpriseRequestsController } from './enterprises/enterprise-requests.controller.js';
import { MandatePagesController } from './enterprises/mandate-pages.controller.js';
import { RecentProof } from './requests/recent-proof.service.js';
import { Representatives } from './requests/representatives.service.js';
import { Arrangements } from './relatives/arrangements.js';
import { DeathWithdrawals } from './relatives/death-withdrawals.service.js';
import { DeathsController } from './relatives/deaths.controller.js';
import { RelativeRequests } from './relatives/relative-requests.service.js';
import { RelativeRequestsController } from './relatives/relative-requests.controller.js';
import { RequestClosing } from './requests/request-closing.js';
import { RequestDecisionsController } from './requests/request-decisions.controller.js';
import { RequestDecisions } from './requests/request-decisions.js';
import { RequestEvent } from './requests/request-event.entity.js';
import { RequestFindings } from './requests/request-findings.js';
import { RequestHandling } from './requests/request-handling.service.js';
import { RequestDecision, RequestHolder } from './requests/request-parts.entities.js';
import { RequestRecords } from './requests/request-records.js';
import { RequestRetention } from './requests/request-retention.js';
import { CodeNames } from './requests/code-names.js';
import { Farewells } from './requests/farewells.js';
import { WaitedOut } from './requests/waited-out.js';
import { RequestTelling } from './requests/request-telling.js';
import { ProvisionalDeadlines } from './upkeep/provisional-deadlines.js';
import { RequestUpkeep } from './upkeep/request-upkeep.js';
import { RequestAnswers } from './requests/request-answers.service.js';
import { RequestViews } from './requests/request-view.service.js';
import { SubjectRequest } from './requests/request.entity.js';
import { Colleagues } from './requests/colleagues.service.js';
import { TaskAnswerers } from './requests/task-answerers.js';
import { QueueAskers } from './requests/queue-askers.js';
import { RequestQueries } from './requests/request.queries.js';
import { Requests } from './requests/requests.service.js';
import { UpheldObjections } from './requests/upheld-objections.js';
import { Deciders } from './requests/deciders.js';
import { DecisionOptionsOf } from './requests/decision-options.service.js';
import { SecondLooks } from './requests/second-looks.js';
import { WaitingLinks } from './requests/waiting-links.js';
import { OwnCorrections } from './self-service/own-corrections.js';
import { SelfService } from './self-service/self-service.js';
import { RequestSettingsController } from './settings/request-settings.controller.js';
import { RequestSettings } from './settings/request-settings.entity.js';
import { RequestSettingsService } from './settings/request-settings.service.js';
import { RequestWebhooks } from './subscriptions/request-webhooks.js';
import { WebhookSubscriptionsController } from './subscriptions/webhook-subscriptions.controller.js';
import { WebhookSubscriptions } from './subscriptions/webhook-subscriptions.service.js';
import { OperatorTelling } from './telling/operator-telling.js';
import { AnswerTemplate } from './templates/answer-template.entity.js';
import { AnswerTemplatesController } from './templates/answer-templates.controller.js';
import { AnswerTemplates } from './templates/answer-templates.service.js';
import { WardRequestsController } from './wards/ward-requests.controller.js';
import { WardRequests } from './wards/ward-requests.service.js';
import { RightsHolder } from './rights.holder.js';

/** A person asks about their data, a colleague answers in time, and everyone can see that it was done. */
@Module({
  imports: [
    ConsentModule,
    AttachmentsModule,
    HoldersModule,
    NotificationsModule,
    PolicyModule,
    RetentionModule,
    TypeOrmModule.forFeature([
      SubjectRequest,
      RequestEvent,
      RequestDecision,
      RequestHolder,
      RequestPackage,
      PublicRequest,
      RequestSettings,
      AnswerTemplate,
    ]),
  ],
  controllers: [
    BulkDecisionsController,
    RequestStatisticsController,
    WebhookSubscriptionsController,
    OwnRequestsController,
    WardRequestsController,
    PackageController,
    EnterpriseRequestsController,
    RelativeRequestsController,
    DeathsController,
    MandatePagesController,
    OperatorRequestsController,
    RequestDecisionsController,
    FulfilmentController,
    PublicRequestsController,
    RequestSettingsController,
    RequestPagesController,
    RequestFilesController,
    OnBehalfController,
    EvidenceController,
    FeedbackController,
    AnswerTemplatesController,
  ],
  providers: [
    Calendars,
    RequestClocks,
    RequestRecords,
    RequestQueries,
    QueueFilters,
    QueueAskers,
    Colleagues,
    TaskAnswerers,
    RequestFigures,
    RequestFiguresFragment,
    OperatorTelling,
    BulkDecisionQueries,
    BulkDecisions,
    RequestStatistics,
    WebhookSubscriptions,
    RequestWebhooks,
    RequestRetention,
    CodeNames,
    Farewells,
    WaitedOut,
    RequestTelling,
    RequestClosing,
    UpheldObjections,
    RequestSettingsService,
    AnswerTemplates,
    RequestDecisions,
    OwnCorrections,
    SelfService,
    RequestViews,
    OperatorRequestAnswers,
    RequestAnswers,
    RecentProof,
    Representatives,
    Requests,
    WardRequests,
    EnterpriseRequests,
    RelativeRequests,
    DeathWithdrawals,
    Arrangements,
    PublicRequestRecords,
    PublicRequests,
    OnBehalf,
    SecondLooks,
    WaitingLinks,
    Deciders,
    DecisionOptionsOf,
    OutsideQuestions,
    OutsideFindings,
    OutsideExports,
    OutsideFulfilment,
    HolderExpectations,
    FulfilmentRetries,
    ManualTasks,
    Findings,
    RequestFindings,
    RequestHandling,
    PackageGrounds,
    ToldRequests,
    Packages,
    Erasing,
    AccountEndings,
    Fulfilment,
    RequestUpkeep,
    ProvisionalDeadlines,
    RightsHolder,
  ],
})
export class RightsModule {}
