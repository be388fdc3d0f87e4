import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CampaignChanges } from './campaigns/campaign-changes.service.js';
import { CampaignList } from './campaigns/campaign-list.queries.js';
import { Campaign } from './campaigns/campaign.entity.js';
import { CampaignsController } from './campaigns/campaigns.controller.js';
import { Campaigns } from './campaigns/campaigns.service.js';
import { Deliveries } from './campaigns/deliveries.service.js';
import { FirstPass } from './campaigns/first-pass.service.js';
import { GoingCampaignsFragment } from './campaigns/going-campaigns.fragment.js';
import { Inbox } from './notices/inbox.service.js';
import { Notice } from './notices/notice.entity.js';
import { NoticesController } from './notices/notices.controller.js';
import { NoticesFragment } from './notices/notices.fragment.js';
import { Notices } from './notices/notices.service.js';
import { OutreachChanges } from './outreach/outreach-changes.service.js';
import { OutreachList } from './outreach/outreach-list.queries.js';
import { OutreachMessages } from './outreach/outreach-messages.service.js';
import { OutreachPass } from './outreach/outreach-pass.service.js';
import { OutreachController } from './outreach/outreach.controller.js';
import { OutreachRun } from './outreach/outreach.entity.js';
import { Outreach } from './outreach/outreach.service.js';
import { NotificationsHolder } from './notifications.holder.js';
import { Notifier } from './notifier.service.js';
import { SendChecks } from './send-checks.service.js';
import { DeadJobsController } from './undelivered/dead-jobs.controller.js';
import { Undelivered } from './undelivered/undelivered.service.js';
import { WebhooksController } from './undelivered/webhooks.controller.js';

/** What has a life of its own and is worked on as a whole; lists, counts and busy paths ask in SQL. */
const entities = [Campaign, Notice, OutreachRun];

const campaigns = [Campaigns, CampaignChanges, CampaignList, Deliveries, FirstPass, GoingCampaignsFragment];
const outreach = [Outreach, OutreachChanges, OutreachList, OutreachMessages, OutreachPass];

/** Notices, campaigns and outreach: telling people of changes, proving that they were told, and writing to those who allow it. */
@Module({
  imports: [TypeOrmModule.forFeature(entities)],
  controllers: [CampaignsController, DeadJobsController, NoticesController, OutreachController, WebhooksController],
  providers: [
    ...campaigns,
    ...outreach,
    Inbox,
    Notices,
    NoticesFragment,
    Notifier,
    SendChecks,
    Undelivered,
    NotificationsHolder,
  ],
  exports: [Campaigns, Inbox, Notices, Notifier, Outreach, SendChecks],
})
export class NotificationsModule {}
