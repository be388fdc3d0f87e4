import { ChoicesOfChannels1764000440000 } from './migrations/1764000440000-choices-of-channels.js';
import { NoticesForChildren1764000441000 } from './migrations/1764000441000-notices-for-children.js';
import { NoticesWithoutLink1764000439000 } from './migrations/1764000439000-notices-without-link.js';
import { RequestNotices1764000438000 } from './migrations/1764000438000-request-notices.js';
import type { Persistence } from '@abide/platform';
import { Campaign } from './campaigns/campaign.entity.js';
import { Notifications1764000400000 } from './migrations/1764000400000-notifications.js';
import { Inbox1764000401000 } from './migrations/1764000401000-inbox.js';
import { Outreach1764000402000 } from './migrations/1764000402000-outreach.js';
import { Notice, NoticeDelivery, NoticeRead } from './notices/notice.entity.js';
import { PersonalNotice } from './notices/personal-notice.entity.js';
import { OutreachMessage, OutreachRun } from './outreach/outreach.entity.js';

export const notificationsPersistence: Persistence = {
  entities: [Campaign, Notice, NoticeRead, NoticeDelivery, PersonalNotice, OutreachRun, OutreachMessage],
  migrations: [
    Notifications1764000400000,
    Inbox1764000401000,
    Outreach1764000402000,
    RequestNotices1764000438000,
    NoticesWithoutLink1764000439000,
    ChoicesOfChannels1764000440000,
    NoticesForChildren1764000441000,
  ],
};
