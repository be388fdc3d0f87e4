export {
  AudienceRun,
  claimedUntil,
  messagesPerBatch,
  startAudienceRun,
  type Claimed,
} from './audience-run/audience-run.js';
export { afterFailure } from './audience-run/hand-over.rules.js';
export {
  campaignChannels,
  type CampaignChannel,
  type CampaignState,
  type ChannelCounts,
} from './campaigns/campaign.entity.js';
export { Campaigns, type CampaignProgress, type CampaignStart } from './campaigns/campaigns.service.js';
export { Inbox, type PersonalNoticeText } from './notices/inbox.service.js';
export { InboxNoticeResponse, InboxQuery, toInboxNoticeResponse } from './notices/notice.dto.js';
export { Notices, type WebsiteNotice } from './notices/notices.service.js';
export { linkWithoutCodes, withoutCodes } from './notices/notice-message.rules.js';
export { type Materiality } from './notices/notice.entity.js';
export { type PersonalNoticeKind } from './notices/personal-notice.entity.js';
export { NotificationsModule } from './notifications.module.js';
export { Notifier, type Outgoing } from './notifier.service.js';
export { type SendResult } from './send-result.js';
export { Outreach } from './outreach/outreach.service.js';
export { areSameWords, sentLatelyMinutes } from './same-words.rules.js';
export { SendChecks, type OutreachKind, type SendCheck, type SendKind } from './send-checks.service.js';
