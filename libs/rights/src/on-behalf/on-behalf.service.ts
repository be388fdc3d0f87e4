import { Injectable } from '@nestjs/common';
import { Attachments } from '@abide/attachments';
import { Subjects, type Identifier } from '@abide/identity';
import type { Locale } from '@abide/kernel';
import { Database } from '@abide/platform';
import { Arrangements } from '../relatives/arrangements.js';
import { citing } from '../askers/public-request-records.js';
import { PublicRequests, type AcceptedPublicly } from '../public/public-requests.service.js';
import { isPublic, type HelpedChannel } from '../request-kinds.js';
import { refusal } from '../rights.errors.js';
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

/** The same of somebody without an account, or who names none: known by an address that a code goes to. */
export interface HelpedByAddress extends Omit<Helped, 'subjectId' | 'wanted'> {
  readonly identifier: Identifier;
  readonly name: string | null;
  /** In which language they are written to. */
  readonly locale: Locale;
  readonly wanted: Pick<WantedRequest, 'type' | 'text'>;
}

/** `number`: null where it begins with the code. */
export interface RecordedByAddress extends AcceptedPublicly {
  readonly number: string | null;
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
    private readonly publicRequests: PublicRequests,
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

  /**
   * Kept as what people ask on the public pages (docs/decisions/0012): nothing looks whose address it is before a code is right, an inquiry or a complaint
   * begins at once, anything else with the code. @throws DomainError `request.account_needed`, as `PublicRequests.ask`
   */
  async openFor({
    operatorId,
    channel,
    wanted,
    evidence,
    reason,
    ...asker
  }: HelpedByAddress): Promise<RecordedByAddress> {
    if (!isPublic(wanted.type)) throw refusal('request.account_needed');
    const { identifier, name, locale } = asker;
    const recorded = { by: operatorId, channel, evidence: evidence.text, reason };
    const said = { ...wanted, identifier, name, relation: null, recorded };
    const { id, verification } = await this.publicRequests.record(said, {
      locale,
      attachmentIds: evidence.attachmentIds,
    });
    return { id, number: (await this.records.find(id))?.number ?? null, verification };
  }
}
