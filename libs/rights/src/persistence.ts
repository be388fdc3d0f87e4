import type { Persistence } from '@abide/platform';
import { Requests1764000800000 } from './migrations/1764000800000-requests.js';
import { RequestPackage } from './packages/request-package.entity.js';
import { RequestEvent } from './requests/request-event.entity.js';
import { RequestDecision, RequestHolder } from './requests/request-parts.entities.js';
import { SubjectRequest } from './requests/request.entity.js';

export const rightsPersistence: Persistence = {
  entities: [SubjectRequest, RequestEvent, RequestDecision, RequestHolder, RequestPackage],
  migrations: [Requests1764000800000],
};
