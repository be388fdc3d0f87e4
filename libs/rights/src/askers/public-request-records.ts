import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Attachments, type Citing } from '@abide/attachments';
import { AddressCodes, type Identifier } from '@abide/identity';
import { Clock, type Locale } from '@abide/kernel';
import { Database, ScheduledTasks } from '@abide/platform';
import { Vault, type Place } from '@abide/vault';
import { In, Repository } from 'typeorm';
import type { HelpedChannel, RequestType } from '../request-kinds.js';
import { refusal } from '../rights.errors.js';
import { PublicRequest } from './public-request.entity.js';

const atOnce = 200;

/** Who asked what without an account, in their words. */
export interface Asked {
  readonly type: RequestType;
  readonly identifier: Identifier;
  readonly name: string | null;
  /** To somebody who died and whose data it is about. */
  readonly relation: string | null;
  readonly text: string | null;
  /** Where a colleague recorded it for whoever called, wrote or came. */
  readonly recorded?: Recorded;
}

/** Who recorded a request, how it came in, how it was made sure who asks, and why it was recorded for them. */
export interface Recorded {
  readonly by: string;
  readonly channel: HelpedChannel;
  readonly evidence: string;
  readonly reason: string;
}

/** The rows of what was asked without an account: sealed, read, moved to the account that they are about, and forgotten. */
@Injectable()
export class PublicRequestRecords implements OnModuleInit {
  constructor(
    @InjectRepository(PublicRequest) private readonly publicRequestRepository: Repository<PublicRequest>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
    private readonly attachments: Attachments,
    private readonly codes: AddressCodes,
    private readonly tasks: ScheduledTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(60, 'rights.public_requests', () => this.forgetOver());
  }

  async insert(row: Omit<PublicRequest, 'asked'>, asked: Asked): Promise<PublicRequest> {
    const sealed = { ...row, asked: await this.vault.seal(askedPlace(row), JSON.stringify(asked)) };
    await this.publicRequestRepository.insert(sealed);
    return sealed;
  }

  async find(requestId: string): Promise<PublicRequest | null> {
    return this.publicRequestRepository.findOneBy({ requestId });
  }

  /** @throws DomainError `request.not_found` */
  async get(requestId: string): Promise<PublicRequest> {
    const row = await this.find(requestId);
    if (!row) throw refusal('request.not_found');
    return row;
  }

  /** The one that a code was sent for, locked until the open transaction ends. @throws DomainError `request.not_found` */
  async lockBy(verificationId: string): Promise<PublicRequest> {
    const row = await this.publicRequestRepository.findOne({
      where: { verificationId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!row) throw refusal('request.not_found');
    return row;
  }

  async update({ subjectId, requestId }: PublicRequest, changes: Partial<PublicRequest>): Promise<void> {
    await this.publicRequestRepository.update({ subjectId, requestId }, changes);
  }

  async open(row: PublicRequest): Promise<Asked> {
    return JSON.parse(await this.vault.open(askedPlace(row), row.asked)) as Asked;
  }

  /** Moves it, with its attachments, under the keys of the account that it is about; those that were made for it are destroyed. */
  async moveTo(owner: string, row: PublicRequest): Promise<void> {
    const asked = await this.vault.seal(askedPlace({ ...row, subjectId: owner }), JSON.stringify(await this.open(row)));
    const by = citing(row.requestId);
    const attachmentIds = (await this.attachments.citedBy(by)).map(({ id }) => id);
    await this.attachments.cite({ attachmentIds, by, uploadedBy: { kind: 'public' }, about: owner });
    await this.update(row, { subjectId: owner, asked, hasAccount: true });
    await this.vault.destroyKeys(row.subjectId);
  }

  /** Writes to whoever asked without an account, where they have proven their address; false where an account is asked about. */
  async write(
    requestId: string,
    compose: (locale: Locale, pageId: string) => { readonly subject: string; readonly text: string },
  ): Promise<boolean> {
    const row = await this.askedFor(requestId);
    if (!row) return false;
    if (row.provenAt !== null)
      await this.codes.write((await this.open(row)).identifier, compose(row.locale, row.requestId));
    return true;
  }

  /** What people without an account showed is kept no longer than the request is under way. Joins the open transaction. */
  async releaseEvidence(requestId: string): Promise<void> {
    const row = await this.askedFor(requestId);
    if (row) await this.attachments.release(citing(row.requestId));
  }

  /** What somebody without an account asked, as this request or as the one that goes on as it. */
  async askedFor(requestId: string): Promise<PublicRequest | null> {
    const [earlier] = await this.db.query<{ id: string }>(
      'SELECT id FROM rights.requests WHERE joined_to = $1 LIMIT 1',
      [requestId],
    );
    const ids = earlier ? [requestId, earlier.id] : [requestId];
    return this.publicRequestRepository.findOneBy({ requestId: In(ids), hasAccount: false });
  }

  /** What nobody proved in time, and what is left of requests that are no longer kept: rows, files and the keys that were made for them. */
  private async forgetOver(): Promise<void> {
    const over = await this.db.query<{ request_id: string }>(
      `SELECT request_id FROM rights.public_requests AS asked WHERE expires_at <= $1
         AND NOT EXISTS (SELECT FROM rights.requests AS kept WHERE kept.id = asked.request_id) ORDER BY expires_at LIMIT $2`,
      [this.clock.now(), atOnce],
    );
    for (const { request_id } of over) await this.db.transaction(() => this.forget(request_id));
  }

  private async forget(requestId: string): Promise<void> {
    const row = await this.publicRequestRepository.findOne({
      where: { requestId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!row || (row.provenAt !== null && (await this.isKept(requestId)))) return;
    await this.attachments.release(citing(requestId));
    await this.publicRequestRepository.delete({ subjectId: row.subjectId, requestId });
    if (!row.hasAccount) await this.vault.destroyKeys(row.subjectId);
  }

  /** Somebody may have proven it since it was looked up. */
  private async isKept(id: string): Promise<boolean> {
    return (await this.db.query('SELECT FROM rights.requests WHERE id = $1', [id])).length > 0;
  }
}

/** A request as what its attachments are cited by. */
export function citing(requestId: string): Citing {
  return { kind: 'request', id: requestId };
}

function askedPlace({ subjectId, requestId }: Pick<PublicRequest, 'subjectId' | 'requestId'>): Place {
  return { subjectId, table: 'rights.public_requests', column: 'asked', rowId: requestId };
}
