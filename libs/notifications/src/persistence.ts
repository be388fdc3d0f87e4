import type { Persistence } from '@abide/platform';
import { Campaign } from './campaigns/campaign.entity.js';
import { Notifications1764000400000 } from './migrations/1764000400000-notifications.js';
import { Inbox1764000401000 } from './migrations/1764000401000-inbox.js';
import { Notice, NoticeDelivery, NoticeRead } from './notices/notice.entity.js';
import { PersonalNotice } from './notices/personal-notice.entity.js';

export const notificationsPersistence: Persistence = {
  entities: [Campaign, Notice, NoticeRead, NoticeDelivery, PersonalNotice],
  migrations: [Notifications1764000400000, Inbox1764000401000],
};
