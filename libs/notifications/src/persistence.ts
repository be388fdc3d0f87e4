import type { Persistence } from '@abide/platform';
import { Campaign } from './campaigns/campaign.entity.js';
import { Notifications1764000400000 } from './migrations/1764000400000-notifications.js';
import { Notice, NoticeDelivery, NoticeRead } from './notices/notice.entity.js';

export const notificationsPersistence: Persistence = {
  entities: [Campaign, Notice, NoticeRead, NoticeDelivery],
  migrations: [Notifications1764000400000],
};
