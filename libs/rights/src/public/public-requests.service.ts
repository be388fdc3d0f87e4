import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Attachments, type Upload } from '@abide/attachments';
import {
  AddressCodes,
  Attempts,
  Subjects,
  type AddressOwner,
  type ProvenAddress,
  type StartedVerification,
} from '@abide/identity';
import { Clock, newId, type Locale } from '@abide/kernel';
import { Database } from '@abide/platform';
import { beginsUnproven, isOver, needsWords } from '../request-kinds.js';
import { RequestRecords } from '../requests/request-records.js';
import type { SubjectRequest } from '../requests/request.entity.js';
import { Requests } from '../requests/requests.service.js';
import { refusal } from '../rights.errors.js';
import { forgottenAt, type PublicRequest } from '../askers/public-request.entity.js';
import { citing, PublicRequestRecords, type Asked } from '../askers/public-request-records.js';
import { isToken, newToken, tokenHash } from './public-request-token.js';

const fromNetwork = { most: 20, seconds: 600 };
const tokenHours = 24;
/** Of one request. */
const mostFiles = 10;

export interface AskedPublicly extends Asked {
  readonly locale: Locale;
  readonly attachmentIds: readonly string[];
}

/**
 * Requests of people without an account, or who do not sign in. Until a code is right nothing looks at whether anybody here has the address;
 * it is then about the account that has confirmed the address, or about nobody known.
 */
@Injectable()
export class PublicRequests implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly attempts: Attempts,
    private readonly codes: AddressCodes,
    private readonly attachments: Attachments,
    private readonly rows: PublicRequestRecords,
    private readonly requests: Requests,
    private readonly records: RequestRecords,
    private readonly subjects: Subjects,
  ) {}

  onModuleInit(): void {
    this.codes.whenProven((proven) => this.prove(proven));
  }

  /**
   * Keeps what is asked, sealed under keys made for it alone, and sends a code to its address. An inquiry or a complaint begins at once.
   * @throws DomainError `request.text_needed`, `identifier.*`, `attachment.unusable`, `delivery.not_configured`, `session.too_many_attempts`
   */
  async ask({
    locale,
    attachmentIds,
    ...said
  }: AskedPublicly): Promise<{ id: string; verification: StartedVerification }> {
    if (needsWords(said.type) && !said.text) throw refusal('request.text_needed');
    const asked: Asked = { ...said, identifier: this.codes.normal(said.identifier) };
    await this.attempts.consumeOneFromNetwork('public-requests', fromNetwork);
    const [requestId, holderId] = [newId(), newId()];
    const verification = await this.codes.start({ holderId, to: asked.identifier }, async ({ id: verificationId }) => {
      const expiresAt = forgottenAt(this.clock.now());
      const nothingYet = { hasAccount: false, provenAt: null, tokenHash: null, tokenExpiresAt: null };
      const row = { subjectId: holderId, requestId, locale, verificationId, expiresAt, ...nothingYet };
      const kept = await this.rows.insert(row, asked);
      await this.attachments.cite({
        attachmentIds,
        by: citing(requestId),
        uploadedBy: { kind: 'public' },
        about: holderId,
      });
      if (beginsUnproven(asked.type)) await this.begin(kept, asked);
    });
    return { id: requestId, verification };
  }

  /** Sends another code; the earlier one is worth nothing from then on. @throws DomainError `request.not_found`, as `ask` */
  async sendCode(id: string): Promise<StartedVerification> {
    const row = await this.rows.get(id);
    const { identifier } = await this.rows.open(row);
    await this.attempts.consumeOneFromNetwork('public-requests', fromNetwork);
    return this.codes.start({ holderId: row.subjectId, to: identifier }, ({ id: verificationId }) =>
      this.rows.update(row, { verificationId }),
    );
  }

  /** Proves the address by the newest code; resolves to what opens this request alone for a day. @throws DomainError `request.not_found`, `verification.*` */
  async confirm(id: string, code: string): Promise<{ readonly token: string; readonly expiresAt: Date }> {
    const row = await this.rows.get(id);
    const { identifier } = await this.rows.open(row);
    await this.codes.confirm(row.verificationId, identifier, code);
    const token = newToken();
    const expiresAt = new Date(this.clock.now().getTime() + tokenHours * 3_600_000);
    await this.rows.update(await this.rows.get(id), { tokenHash: tokenHash(token), tokenExpiresAt: expiresAt });
    return { token, expiresAt };
  }

  /** The request that a token opens, or the one that it was joined to, while what was proven for it still holds. @throws DomainError `request.token_invalid` for everything else */
  async opened(id: string, token: string): Promise<SubjectRequest> {
    const row = await this.rows.find(id);
    const isOpen =
      row?.tokenHash && isToken(token, row.tokenHash) && row.tokenExpiresAt && row.tokenExpiresAt > this.clock.now();
    if (!row || !isOpen) throw refusal('request.token_invalid');
    const { identifier } = await this.rows.open(row);
    if (row.hasAccount) requireOwn(row, await this.codes.ownerOf(identifier));
    const request = await this.records.get(id, row.subjectId);
    const joined = request.joinedTo === null ? null : await this.records.get(request.joinedTo);
    return joined !== null && (await this.isForThem(joined, row)) ? joined : request;
  }

  /** Takes it back, and lets go of what it rested on. @throws DomainError `request.token_invalid`, `request.over`, `request.under_way` */
  async cancel(id: string, token: string): Promise<SubjectRequest> {
    const { id: openedId, subjectId } = await this.opened(id, token);
    return this.db.transaction(async () => {
      const cancelled = await this.requests.cancel(subjectId, openedId);
      await this.rows.releaseEvidence(openedId);
      return cancelled;
    });
  }

  /** Adds a file that came in to what the request rests on. @throws DomainError `request.token_invalid`, `request.over`, `request.too_many_files` */
  async addFile(id: string, token: string, upload: Upload): Promise<void> {
    const opened = await this.opened(id, token);
    await this.db.transaction(async () => {
      const request = await this.records.lock(opened.id);
      if (isOver(request.state)) throw refusal('request.over');
      const by = citing(request.id);
      if ((await this.attachments.citedBy(by)).length >= mostFiles) throw refusal('request.too_many_files');
      const uploadedBy = { kind: 'public' } as const;
      const attachmentId = await this.attachments.keep(upload, uploadedBy);
      await this.attachments.cite({ attachmentIds: [attachmentId], by, uploadedBy, about: request.subjectId });
      await this.records.note(request, 'told', { details: { files: 1 } });
    });
  }

  /** Has somebody else decide anew. @throws DomainError `request.token_invalid`, `request.nothing_to_appeal`, `request.appeal_too_late` */
  async appeal(id: string, token: string, text: string): Promise<SubjectRequest> {
    const { id: openedId, subjectId } = await this.opened(id, token);
    return this.requests.appeal(subjectId, openedId, text);
  }

  /** In the transaction that spends the code. A relative of somebody who died proves an address of their own, not whose data it is. */
  private async prove({ verificationId, owner }: ProvenAddress): Promise<void> {
    const row = await this.rows.lockBy(verificationId);
    if (row.hasAccount) requireOwn(row, owner);
    if (row.provenAt !== null) return;
    const asked = await this.rows.open(row);
    const provenAt = this.clock.now();
    await this.rows.update(row, { provenAt });
    if (beginsUnproven(asked.type)) return this.requests.noteProof(row.requestId, provenAt);
    const isAboutOwner = owner.kind === 'account' && asked.relation === null;
    if (isAboutOwner) await this.rows.moveTo(owner.subjectId, row);
    const proven = { ...row, subjectId: isAboutOwner ? owner.subjectId : row.subjectId, provenAt };
    await this.begin(proven, asked, owner.kind === 'ended');
  }

  /** Whoever asked for themselves does nothing with what a guardian or a relative asked; a relative sees what it became while the death stays noted. */
  private async isForThem({ askedAs, subjectId }: SubjectRequest, { hasAccount }: PublicRequest): Promise<boolean> {
    if (hasAccount) return askedAs !== 'guardian' && askedAs !== 'relative';
    return askedAs === 'relative' && (await this.subjects.find(subjectId))?.status === 'deceased';
  }

  private async begin(row: PublicRequest, asked: Asked, isAccountEnded = false): Promise<void> {
    const { type, text, identifier, name, relation } = asked;
    const wanted = { type, channel: 'web' as const, locale: row.locale, categories: [], text, corrections: [] };
    const rest = {
      purpose: null,
      target: null,
      evidence: null,
      requester: { identifier, name, relation, isAccountEnded },
    };
    await this.db.transaction(() =>
      this.requests.begun(row.subjectId, { ...wanted, ...rest }, { id: row.requestId, verifiedAt: row.provenAt }),
    );
  }
}

/** An address that changed hands opens nothing of its earlier owner's. @throws DomainError `request.token_invalid` */
function requireOwn({ subjectId }: PublicRequest, owner: AddressOwner): void {
  if (owner.kind !== 'account' || owner.subjectId !== subjectId) throw refusal('request.token_invalid');
}
