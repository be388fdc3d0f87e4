import { Module } from '@nestjs/common';
import { CampaignChanges } from './campaigns/campaign-changes.service.js';
import { CampaignList } from './campaigns/campaign-list.queries.js';
import { CampaignsController } from './campaigns/campaigns.controller.js';
import { Campaigns } from './campaigns/campaigns.service.js';
import { Deliveries } from './campaigns/deliveries.service.js';
import { FirstPass } from './campaigns/first-pass.service.js';
import { Inbox } from './notices/inbox.service.js';
import { NoticesController } from './notices/notices.controller.js';
import { Notices } from './notices/notices.service.js';
import { NotificationsHolder } from './notifications.holder.js';
import { Notifier } from './notifier.service.js';
import { SendChecks } from './send-checks.service.js';

/** Notices and campaigns: telling people of changes, and proving that they were told. */
@Module({
  controllers: [CampaignsController, NoticesController],
  providers: [Campaigns, CampaignChanges, CampaignList, Deliveries, FirstPass, Inbox, Notices, Notifier, SendChecks, NotificationsHolder],
  exports: [Campaigns, Inbox, Notifier, SendChecks],
})
export class NotificationsModule {}
