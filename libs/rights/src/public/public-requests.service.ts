import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { Attachments, type Citation, type Upload } from '@abide/attachments';
import {
  AddressCodes,
  Attempts,
  Deaths,
  type AddressOwner,
  type CodeWording,
  type ProvenAddress,
  type StartedVerification,
} from '@abide/identity';
import { Clock, newId, type Locale } from '@abide/kernel';
import { linkWithoutCodes } from '@abide/notifications';
import { Config, Database } from '@abide/platform';
import { beginsUnproven, isOver, needsWords } from '../request-kinds.js';
import { RequestRecords } from '../requests/request-records.js';
import type { SubjectRequest } from '../requests/request.entity.js';
import { Requests } from '../requests/requests.service.js';
import { refusal } from '../rights.errors.js';
import { forgottenAt, type PublicRequest } from '../askers/public-request.entity.js';
import { citing, PublicRequestRecords, type Asked, type Recorded } from '../askers/public-request-records.js';
import { isToken, newToken, tokenHash } from './public-request-token.js';

const fromNetwork = { most: 20, seconds: 600 };
const tokenHours = 24;
/** Of one request. */
const mostFiles = 10;

export interface AskedPublicly extends Omit<Asked, 'recorded'> {
  readonly locale: Locale;
  readonly attachmentIds: readonly string[];
}

/** The id of what is kept, and the code on its way. */
export interface AcceptedPublicly {
  readonly id: string;
  readonly verification: StartedVerification;
}

interface RecordedFor {
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
    private readonly deaths: Deaths,
    private readonly audit: Audit,
    @Inject(Config) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.codes.whenProven((proven) => this.prove(proven));
  }

  /**
   * Keeps what is asked, sealed under keys made for it alone, and sends a code to its address. An inquiry or a complaint begins at once.
   * @throws DomainError `request.text_needed`, `identifier.*`, `attachment.unusable`, `delivery.not_configured`, `session.too_many_attempts`
   */
  async ask({ locale, attachmentIds, ...said }: AskedPublicly): Promise<AcceptedPublicly> {
    const asked = this.sensible(said);
    await this.attempts.consumeOneFromNetwork('public-requests', fromNetwork);
    return this.keep(asked, { id: newId(), locale, files: { attachmentIds, uploadedBy: { kind: 'public' } } });
  }

  /**
   * The same for whoever called, wrote or came and has no account, or named none: the code goes to their address, with the page that takes it.
   * @throws DomainError as `ask`
   */
  async record(
    said: Asked & { readonly recorded: Recorded },
    { locale, attachmentIds }: RecordedFor,
  ): Promise<AcceptedPublicly> {
    const [asked, id] = [this.sensible(said), newId()];
    const page = linkWithoutCodes(`${this.config.publicUrl}/requests/${id}?lang=${locale}`);
    const wording = { locale, after: recordedWords[locale](page, beginsUnproven(asked.type)) };
    const files = { attachmentIds, uploadedBy: { kind: 'operator', id: said.recorded.by } } as const;
    return this.keep(asked, { id, locale, files, wording });
  }

  private sensible(said: Asked): Asked {
    if (needsWords(said.type) && !said.text) throw refusal('request.text_needed');
    return { ...said, identifier: this.codes.normal(said.identifier) };
  }

  private async keep(asked: Asked, { id: requestId, locale, files, wording }: Keeping): Promise<AcceptedPublicly> {
    const holderId = newId();
    const code = { holderId, to: asked.identifier, ...(wording ? { wording } : {}) };
    const verification = await this.codes.start(code, async ({ id: verificationId }) => {
      const expiresAt = forgottenAt(this.clock.now());
      const nothingYet = { hasAccount: false, provenAt: null, tokenHash: null, tokenExpiresAt: null };
      const row = { subjectId: holderId, requestId, locale, verificationId, expiresAt, ...nothingYet };
      const kept = await this.rows.insert(row, asked);
      await this.attachments.cite({ ...files, by: citing(requestId), about: holderId });
      if (asked.recorded) await this.noteRecorded(requestId, asked.recorded);
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
    if (asked.recorded) await this.requests.noteProof(row.requestId, provenAt);
  }

  private async noteRecorded(id: string, { channel }: Recorded): Promise<void> {
    await this.audit.record({ act: 'request.recorded', object: { type: 'request', id }, details: { channel } });
  }

  /** Whoever asked for themselves does nothing with what a guardian or a relative asked; a relative sees what it became while the death stays noted that it was linked by. */
  private async isForThem(joined: SubjectRequest, { hasAccount }: PublicRequest): Promise<boolean> {
    if (hasAccount) return !joined.isAskedByAnother;
    const notedAt = await this.deaths.notedAt(joined.subjectId);
    const linkedAt = await this.records.lastOf(joined, 'opened');
    return joined.askedAs === 'relative' && notedAt !== null && linkedAt !== null && linkedAt >= notedAt;
  }

  private async begin(row: PublicRequest, asked: Asked, isAccountEnded = false): Promise<void> {
    const { type, text, identifier, name, relation, recorded } = asked;
    const wanted = {
      type,
      channel: recorded?.channel ?? ('web' as const),
      locale: row.locale,
      categories: [],
      text,
      corrections: [],
    };
    const rest = {
      purpose: null,
      target: null,
      evidence: recorded?.evidence ?? null,
      requester: { identifier, name, relation, isAccountEnded },
    };
    const facts = { id: row.requestId, verifiedAt: row.provenAt, openedBy: recorded?.by ?? null };
    await this.db.transaction(() =>
      this.requests.begun(row.subjectId, { ...wanted, ...rest }, facts, recorded?.reason),
    );
  }
}

/** Which file came with what is kept, under which id, and how the code is written. */
interface Keeping {
  readonly id: string;
  readonly locale: Locale;
  readonly files: Pick<Citation, 'attachmentIds' | 'uploadedBy'>;
  readonly wording?: CodeWording;
}

/** What is said after the code to whoever did not ask on that page. */
const recordedWords: Readonly<Record<Locale, (page: string, hasBegun: boolean) => string>> = {
  'zh-CN': (page, hasBegun) =>
    `您向我们提出的个人信息请求已由工作人员登记。请打开 ${page} ，输入验证码，确认这个联系方式属于您；验证码过期后，可在该页面重新获取。${
      hasBegun ? '请求已开始处理，答复须确认后才能查看。' : '确认后我们开始处理；七天内没有确认，登记的内容将被删除。'
    }`,
  en: (page, hasBegun) =>
    `A colleague recorded what you asked us about personal data. Open ${page} and type the code to confirm that this address is yours; the page sends another where it has run out. ${
      hasBegun
        ? 'We have begun with it, and the answer can be read once that is confirmed.'
        : 'We begin once that is confirmed; what nobody confirms within seven days is deleted.'
    }`,
};

/** An address that changed hands opens nothing of its earlier owner's. @throws DomainError `request.token_invalid` */
function requireOwn({ subjectId }: PublicRequest, owner: AddressOwner): void {
  if (owner.kind !== 'account' || owner.subjectId !== subjectId) throw refusal('request.token_invalid');
}
