import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Attachments } from '@abide/attachments';
import { Operators, RequestCodes, Subjects, type StartedVerification } from '@abide/identity';
import { OutsideHolders } from '@abide/holders';
import { Clock, DomainError, type Locale } from '@abide/kernel';
import { Database, HolderRegistry, Jobs, type SubjectPrincipal } from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import { citing } from '../askers/public-request-records.js';
import { RequestClocks } from '../clock/request-clocks.service.js';
import { WaitedOut } from './waited-out.js';
import { RecentProof } from './recent-proof.service.js';
import { Representatives } from './representatives.service.js';
import { refusal } from '../rights.errors.js';
import { isAboutHeldData, isShown, needsWords, type RequestChannel, type RequestType } from '../request-kinds.js';
import { selfServiceJob } from './self-service-job.js';
import { requestNumber } from './request-number.js';
import { RequestQueries } from './request.queries.js';
import { RequestRecords, type FrozenScope, type Requester, type WantedCorrection } from './request-records.js';
import { RequestRetention } from './request-retention.js';
import { RequestTelling } from './request-telling.js';
import { SubjectRequest, type AskerRole, type NewRequest } from './request.entity.js';

/** Of one person about one account. */
const mostOpen = 20;
const mostMessages = 100;
/** How long a code can be asked for again; after it the request is made anew. */
const codeMinutes = 60;

export interface WantedRequest {
  readonly type: RequestType;
  readonly channel: RequestChannel;
  readonly locale: Locale;
  readonly categories: readonly string[];
  readonly text: string | null;
  readonly corrections: readonly WantedCorrection[];
  readonly purpose: string | null;
  readonly target: string | null;
  readonly service?: string | null;
  readonly evidence: string | null;
  readonly requester: Requester | null;
  /** Files that whoever asks uploaded for it. */
  readonly attachmentIds?: readonly string[];
  /** Of the account of whoever asks: a proof beside the code. */
  readonly password?: string | undefined;
  /** Who asks for an enterprise, or for their ward. */
  readonly asker?: { readonly personId: string; readonly role: AskerRole };
}

/** What came of making a request: the request, and the code on its way where one has to prove who asks. */
export interface OpenedRequest {
  readonly request: SubjectRequest;
  readonly verification: StartedVerification | null;
}

/** What the person concerned does with requests of their own. */
@Injectable()
export class Requests implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly records: RequestRecords,
    private readonly queries: RequestQueries,
    private readonly clocks: RequestClocks,
    private readonly retention: RequestRetention,
    private readonly telling: RequestTelling,
    private readonly codes: RequestCodes,
    private readonly subjects: Subjects,
    private readonly rulebooks: EffectiveRulebook,
    private readonly holders: HolderRegistry,
    private readonly outside: OutsideHolders,
    private readonly attachments: Attachments,
    private readonly jobs: Jobs,
    private readonly representatives: Representatives,
    private readonly proof: RecentProof,
    private readonly waitedOut: WaitedOut,
    private readonly operators: Operators,
  ) {}

  onModuleInit(): void {
    this.codes.whenProven(({ subjectId, verificationId }) => this.prove(subjectId, verificationId));
  }

  /**
   * Makes a request. Where it has to be proven, a code goes to a confirmed address of the account; a password that is sent as well has to be right.
   * @throws DomainError `subject.not_found`, `request.purpose_needed`, `.corrections_needed`, `.text_needed`, `.unknown_category`, `.too_many`, `verification.unreachable`, `session.invalid_credentials`
   */
  async open(subjectId: string, wanted: WantedRequest): Promise<OpenedRequest> {
    const { asker, password } = wanted;
    const personId = asker?.personId ?? subjectId;
    if (password !== undefined) await this.codes.requirePassword(personId, password);
    const request = await this.draft(subjectId, wanted, {
      ...(asker ? { askedBy: personId, askedAs: asker.role } : {}),
      hasSecondProof: password !== undefined,
    });
    if (request.state !== 'awaitingIdentity') {
      await this.storeBegun(request, wanted);
      return { request, verification: null };
    }
    const { started } = await this.codes.start(personId, codeMinutes, async ({ id }) => {
      request.verificationId = id;
      await this.store(request, wanted);
    });
    return { request, verification: started };
  }

  /** Makes a request that begins at once, since somebody proved it elsewhere or it needs no proof. @throws DomainError as `open` */
  async begun(
    subjectId: string,
    wanted: WantedRequest,
    facts: Partial<Pick<SubjectRequest, 'id' | 'verifiedAt' | 'openedBy' | 'openedAt' | 'askedAs'>>,
    reason: string | null = null,
  ): Promise<SubjectRequest> {
    const request = await this.draft(subjectId, wanted, facts);
    await this.storeBegun(request, wanted, reason);
    return request;
  }

  /** That the address of a request which began without it is proven. Joins the open transaction. */
  async noteProof(id: string, at: Date): Promise<void> {
    await this.records.change(id, (request) => this.noteProven(request, request.subjectId, at));
  }

  /**
   * Sends another code for a request that is still to be proven, or one for a request that a colleague recorded, that waits before something goes for good
   * or that has a package, so that whoever goes on with it is who it is about, or acts for it.
   * @throws DomainError `request.state` for any other
   */
  async sendCode(subjectId: string, id: string, personId = subjectId): Promise<StartedVerification> {
    const request = await this.records.get(id, subjectId);
    const isProvenAgain = request.openedBy !== null || request.state === 'waiting';
    if (
      request.state !== 'awaitingIdentity' &&
      !isProvenAgain &&
      !(await this.queries.hasPackage(request, this.clock.now()))
    )
      throw refusal('request.state');
    const { started } = await this.codes.start(personId, codeMinutes, ({ id: verificationId }) =>
      this.records.change(
        id,
        async (own) => {
          own.verificationId = verificationId;
        },
        subjectId,
      ),
    );
    return started;
  }

  /** Proves a request by the code that was sent for it; resolves to it, or to the one that it was joined to. */
  async confirm(subjectId: string, id: string, code: string): Promise<SubjectRequest> {
    const { verificationId } = await this.records.get(id, subjectId);
    if (!verificationId) throw refusal('request.state');
    await this.codes.confirm(verificationId, code);
    const proven = await this.records.get(id, subjectId);
    return proven.joinedTo === null ? proven : this.records.get(proven.joinedTo, subjectId);
  }

  /** A word of the subject's, of a hundred; where they were asked something it is always heard, and the clock goes on. @throws DomainError `request.over`, `request.too_many_messages` */
  async reply(subjectId: string, id: string, text: string): Promise<SubjectRequest> {
    const { request } = await this.records.change(
      id,
      async (own) => {
        const isAsked = own.state === 'awaitingSubject';
        own.hear(this.clock.now());
        if (!isAsked && (await this.records.countOf(own, 'told')) >= mostMessages)
          throw refusal('request.too_many_messages');
        this.clocks.wind(own);
        await this.records.note(own, 'told', { text });
      },
      subjectId,
    );
    return request;
  }

  async cancel(subjectId: string, id: string): Promise<SubjectRequest> {
    const { request } = await this.records.change(
      id,
      async (own) => {
        own.cancel(this.clock.now(), await this.retention.endOfClosed());
        await this.records.note(own, 'cancelled');
      },
      subjectId,
    );
    return request;
  }

  /** Asks for the decision to be made anew, by another operator. The clock starts again. */
  async appeal(subjectId: string, id: string, text: string): Promise<SubjectRequest> {
    const { request } = await this.records.change(
      id,
      async (own) => {
        own.appeal(this.clock.now());
        own.clock = await this.clocks.start(own, this.clock.now());
        this.clocks.wind(own);
        await this.records.note(own, 'appealed', { text });
      },
      subjectId,
    );
    return request;
  }

  /** Ends the waiting time before something goes for good; nobody but the person concerned can, after a recent proof. @throws DomainError `request.state`, as `RecentProof.require` */
  async waive(subjectId: string, id: string, by: SubjectPrincipal): Promise<SubjectRequest> {
    const { request } = await this.records.change(
      id,
      async (own) => {
        own.requireState('waiting');
        await this.proof.require(own, by);
        own.waitUntil(this.clock.now());
        await this.records.note(own, 'waived');
        await this.waitedOut.begin(own);
      },
      subjectId,
    );
    return request;
  }

  /** Runs in the transaction that spends the code: both or neither. Who acts for somebody else may have been replaced since the code was sent. */
  private async prove(personId: string, verificationId: string): Promise<void> {
    const id = await this.queries.awaitingProof(verificationId);
    if (id === null) throw refusal('request.not_found');
    await this.records.change(id, async (request) => {
      if (personId !== request.subjectId) await this.representatives.requireStill(personId, request);
      if (request.openedBy !== null || request.verifiedAt !== null) return this.noteProven(request, personId);
      request.prove(this.clock.now());
      if (request.clock.start.on === 'verification') request.clock = await this.clocks.start(request, this.clock.now());
      this.clocks.wind(request);
      await this.records.note(request, 'verified', { personId });
      await this.begin(request);
    });
  }

  private async noteProven(request: SubjectRequest, personId: string, at = this.clock.now()): Promise<void> {
    request.verifiedAt ??= at;
    await this.records.note(request, 'verified', { personId });
  }

  /** From here on somebody answers: the scope is fixed first. One of its kind that is under way takes it in. */
  private async begin(request: SubjectRequest): Promise<void> {
    await this.lockJoinable(request.subjectId);
    const earlier = await this.queries.underWay(request);
    if (earlier !== null) return this.join(request, earlier);
    const identifiers = await this.identifiersOf(request);
    const holders = isAboutHeldData(request.type)
      ? [...(await this.outside.expected()), ...this.holders.expected()]
      : [];
    await this.records.seal(request, 'scope', { identifiers, holders });
    await this.records.save(request);
    await this.telling.tell(request, 'received');
    if (isShown(request.type) || request.type === 'correction')
      await this.jobs.send(selfServiceJob, { requestId: request.id });
    await this.jobs.publish('rights.request_opened', {
      requestId: request.id,
      type: request.type,
      at: request.openedAt.toISOString(),
    });
  }

  /** Of two that are proven at the same instant the later sees the earlier. */
  private async lockJoinable(subjectId: string): Promise<void> {
    await this.db.query("SELECT pg_advisory_xact_lock(hashtextextended('rights.requests|' || $1, 0))", [subjectId]);
  }

  private async join(request: SubjectRequest, earlierId: string): Promise<void> {
    const earlier = await this.records.lock(earlierId);
    const { text } = await this.records.content(request);
    await this.records.note(earlier, 'joined', { text, details: { joined: request.number } });
    await this.attachments.passOn(citing(request.id), citing(earlier.id));
    earlier.verifiedAt ??= request.verifiedAt;
    earlier.hasSecondProof ||= request.hasSecondProof;
    await this.records.save(earlier);
    request.cancel(this.clock.now(), await this.retention.endOfClosed());
    request.joinedTo = earlier.id;
    await this.records.note(request, 'joined', { details: { joined: earlier.number } });
    await this.records.save(request);
  }

  /** The addresses of the account; of somebody without one, the one that they gave, unless it is about, or of, another who died. */
  private async identifiersOf(request: SubjectRequest): Promise<FrozenScope['identifiers']> {
    const held = await this.subjects.identifiersOf(request.subjectId);
    if (held.length > 0) return held;
    const { requester } = await this.records.content(request);
    return requester && requester.relation === null && !requester.isAccountEnded ? [requester.identifier] : [];
  }

  private async draft(
    subjectId: string,
    wanted: WantedRequest,
    facts: Partial<SubjectRequest> = {},
  ): Promise<SubjectRequest> {
    await this.requireSensible(subjectId, wanted);
    const corrected = wanted.corrections.map(({ category }) => category);
    const categories = [...new Set([...wanted.categories, ...corrected])].sort();
    const opened = SubjectRequest.open({ ...fieldsOf(wanted), subjectId, categories }, this.clock.now());
    const request = Object.assign(opened, facts);
    if ((await this.queries.countUnderWay(request)) >= mostOpen) throw refusal('request.too_many');
    request.clock = await this.clocks.start(request, request.openedAt);
    request.number = requestNumber(request.id, request.openedAt, request.clock.utcOffsetHours);
    this.clocks.wind(request);
    return request;
  }

  private async storeBegun(
    request: SubjectRequest,
    wanted: WantedRequest,
    reason: string | null = null,
  ): Promise<void> {
    await this.db.transaction(async () => {
      await this.store(request, wanted, reason);
      await this.begin(request);
    });
  }

  private async store(request: SubjectRequest, wanted: WantedRequest, reason: string | null = null): Promise<void> {
    const { text, corrections, target, service, evidence, requester } = wanted;
    await this.records.seal(request, 'content', { text, corrections, target, service, evidence, requester });
    if (request.askedBy !== null) await this.representatives.requireStill(request.askedBy, request);
    await this.records.insert(request);
    await this.attachments.cite({
      attachmentIds: wanted.attachmentIds ?? [],
      by: citing(request.id),
      uploadedBy: { kind: 'subject', id: request.askedBy ?? request.subjectId },
      about: request.subjectId,
    });
    const by = await this.recorderOf(request);
    await this.records.note(request, 'opened', {
      text: reason,
      details: { channel: request.channel },
      ...(by ? { by } : {}),
    });
  }

  /** The colleague who recorded it, also where it begins later, once the person has proven their address. */
  private async recorderOf({
    openedBy,
  }: SubjectRequest): Promise<{ readonly id: string; readonly name: string } | null> {
    if (openedBy === null) return null;
    return { id: openedBy, name: (await this.operators.namesOf([openedBy])).get(openedBy) ?? '' };
  }

  private async requireSensible(subjectId: string, wanted: WantedRequest): Promise<void> {
    const subject = await this.subjects.find(subjectId);
    if (!subject && !wanted.requester)
      throw new DomainError('notFound', 'subject.not_found', { detail: 'There is no such account.' });
    if (wanted.type === 'objection' && wanted.purpose === null) throw refusal('request.purpose_needed');
    if (wanted.type === 'correction' && wanted.corrections.length === 0) throw refusal('request.corrections_needed');
    if (needsWords(wanted.type) && !wanted.text) throw refusal('request.text_needed');
    const { registered } = (await this.rulebooks.current()).rulebook;
    const named = [...wanted.categories, ...wanted.corrections.map(({ category }) => category)];
    if (named.some((category) => !registered.categories.has(category))) throw refusal('request.unknown_category');
    if (wanted.purpose && !registered.purposes.has(wanted.purpose)) throw refusal('request.unknown_purpose');
    if (wanted.service && !registered.services.has(wanted.service)) throw refusal('request.unknown_service');
  }
}

function fieldsOf({ type, channel, locale, purpose }: WantedRequest): Omit<NewRequest, 'subjectId' | 'categories'> {
  return { type, channel, locale, purpose };
}
