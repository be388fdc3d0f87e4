import { Injectable } from '@nestjs/common';
import { Attachments } from '@abide/attachments';
import { Subjects } from '@abide/identity';
import { Database } from '@abide/platform';
import { Arrangements } from '../relatives/arrangements.js';
import { citing } from '../askers/public-request-records.js';
import type { HelpedChannel } from '../request-kinds.js';
import { RequestRecords } from '../requests/request-records.js';
import type { SubjectRequest } from '../requests/request.entity.js';
import { Requests, type WantedRequest } from '../requests/requests.service.js';

export interface Helped {
  readonly operatorId: string;
  readonly subjectId: string;
  readonly channel: HelpedChannel;
  readonly wanted: Omit<WantedRequest, 'channel' | 'locale' | 'requester' | 'evidence'>;
  /** How it was made sure who asks. */
  readonly evidence: { readonly text: string; readonly attachmentIds: readonly string[] };
  readonly reason: string;
}

/** Requests that an operator records for somebody who called, wrote or came to the counter. */
@Injectable()
export class OnBehalf {
  constructor(
    private readonly db: Database,
    private readonly attachments: Attachments,
    private readonly subjects: Subjects,
    private readonly requests: Requests,
    private readonly records: RequestRecords,
    private readonly arrangements: Arrangements,
  ) {}

  /** Begins at once; the person is told where they are registered. @throws DomainError as `Requests.open`, `attachment.unusable`, `request.arranged_otherwise` */
  async open({ operatorId, subjectId, channel, wanted, evidence, reason }: Helped): Promise<SubjectRequest> {
    const locale = await this.subjects.preferredLocale(subjectId);
    const whole = { ...wanted, channel, locale, requester: null, evidence: evidence.text };
    return this.db.transaction(async () => {
      await this.arrangements.requireIfDead(subjectId, wanted.type);
      const request = await this.requests.begun(subjectId, whole, { openedBy: operatorId }, reason);
      await this.attachments.cite({
        attachmentIds: evidence.attachmentIds,
        by: citing(request.id),
        uploadedBy: { kind: 'operator', id: operatorId },
        about: subjectId,
      });
      return request.joinedTo === null ? request : this.records.get(request.joinedTo, subjectId);
    });
  }
}
