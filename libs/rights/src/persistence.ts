import type { Persistence } from '@abide/platform';
import { Requests1764000800000 } from './migrations/1764000800000-requests.js';
import { PublicRequests1764000804000 } from './migrations/1764000804000-public-requests.js';
import { RequestSettings1764000805000 } from './migrations/1764000805000-request-settings.js';
import { BulkDecisions1764000810000 } from './migrations/1764000810000-bulk-decisions.js';
import { OnBehalf1764000812000 } from './migrations/1764000812000-on-behalf.js';
import { AnsweredInTime1764000813000 } from './migrations/1764000813000-answered-in-time.js';
import { OutsideHolders1764000814000 } from './migrations/1764000814000-outside-holders.js';
import { WebhookSubscriptions1764000815000 } from './migrations/1764000815000-webhook-subscriptions.js';
import { AnswerTemplates1764000830000 } from './migrations/1764000830000-answer-templates.js';
import { Representatives1764000840000 } from './migrations/1764000840000-representatives.js';
import { JoinedRequests1764000841000 } from './migrations/1764000841000-joined-requests.js';
import { OwnCorrections1764000842000 } from './migrations/1764000842000-own-corrections.js';
import { CopiesByHand1764000847000 } from './migrations/1764000847000-copies-by-hand.js';
import { BulkCounts1764000852000 } from './migrations/1764000852000-bulk-counts.js';
import { ManualTasks1764000845000 } from './migrations/1764000845000-manual-tasks.js';
import { AnswersByRound1764000851000 } from './migrations/1764000851000-answers-by-round.js';
import { SecondProofs1764000853000 } from './migrations/1764000853000-second-proofs.js';
import { GoneHoldersAsTasks1764000855000 } from './migrations/1764000855000-gone-holders-as-tasks.js';
import { NewestOf1764000856000 } from './migrations/1764000856000-newest-of.js';
import { OneJobARequest1764000857000 } from './migrations/1764000857000-one-job-a-request.js';
import { Erasures1764000860000 } from './migrations/1764000860000-erasures.js';
import { ProofsOfSessions1764000858000 } from './migrations/1764000858000-proofs-of-sessions.js';
import { RequestPackage } from './packages/request-package.entity.js';
import { PublicRequest } from './askers/public-request.entity.js';
import { RequestEvent } from './requests/request-event.entity.js';
import { RequestDecision, RequestHolder } from './requests/request-parts.entities.js';
import { RequestSettings } from './settings/request-settings.entity.js';
import { AnswerTemplate } from './templates/answer-template.entity.js';
import { SubjectRequest } from './requests/request.entity.js';

export const rightsPersistence: Persistence = {
  entities: [
    SubjectRequest,
    RequestEvent,
    RequestDecision,
    RequestHolder,
    RequestPackage,
    PublicRequest,
    RequestSettings,
    AnswerTemplate,
  ],
  migrations: [
    Requests1764000800000,
    PublicRequests1764000804000,
    RequestSettings1764000805000,
    BulkDecisions1764000810000,
    OnBehalf1764000812000,
    AnsweredInTime1764000813000,
    OutsideHolders1764000814000,
    WebhookSubscriptions1764000815000,
    AnswerTemplates1764000830000,
    Representatives1764000840000,
    JoinedRequests1764000841000,
    OwnCorrections1764000842000,
    ManualTasks1764000845000,
    CopiesByHand1764000847000,
    BulkCounts1764000852000,
    AnswersByRound1764000851000,
    SecondProofs1764000853000,
    GoneHoldersAsTasks1764000855000,
    NewestOf1764000856000,
    OneJobARequest1764000857000,
    ProofsOfSessions1764000858000,
    Erasures1764000860000,
  ],
};
