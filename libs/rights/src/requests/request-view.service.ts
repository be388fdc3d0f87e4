import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Attachments } from '@abide/attachments';
import { MinorLooks, Operators, OperatorSubjects } from '@abide/identity';
import type { Localized } from '@abide/kernel';
import { Database, type OperatorPrincipal } from '@abide/platform';
import { Holds } from '@abide/retention';
import { Vault } from '@abide/vault';
import { Repository } from 'typeorm';
import type { Clock } from '../clock/request-clock.rules.js';
import { citing } from '../askers/public-request-records.js';
import { isTold } from '../findings/held.rules.js';
import { RequestClocks } from '../clock/request-clocks.service.js';
import { CodeNames } from './code-names.js';
import { RequestDecision, RequestHolder } from './request-parts.entities.js';
import { decisionReasonPlace, RequestRecords, type OpenedEvent, type RequestContent } from './request-records.js';
import type { RequestAct } from './request-event.entity.js';
import { SubjectRequest, type AskerRole } from './request.entity.js';

/** Acts of which the words are for operators: what shows that something was done by hand, what colleagues wrote of a decision. */
const amongOperators: readonly RequestAct[] = ['doneByHand', 'sentBack', 'confirmed'];

/** The newest: a timeline has no end, the page of it has. */
const shownEvents = 500;

/** Everything of a request that may be read, opened. */
export interface RequestView {
  readonly request: SubjectRequest;
  readonly content: RequestContent;
  readonly answer: string | null;
  readonly trace: Clock;
  readonly decisions: readonly (Omit<RequestDecision, 'subjectId' | 'requestId' | 'round' | 'reason'> & {
    readonly reason: string | null;
  })[];
  /** What each did in every round, the last round first. */
  readonly holders: readonly RequestHolder[];
  /** Null where nothing is to be fetched. */
  readonly pack: { readonly expiresAt: Date; readonly downloads: number } | null;
  /** Who asked for an enterprise or a ward, or that a near relative of somebody who died did; null where they asked themselves. */
  readonly asker: { readonly personId: string | null; readonly role: AskerRole; readonly name: string } | null;
  /** What people call the kinds of data, purposes and holders that it names, by code. */
  readonly names: Readonly<Record<string, Localized>>;
  /** For whoever asked: the names of the files that they sent with it. */
  readonly files: readonly string[] | null;
  /** `person`: who acted for an enterprise or a ward, masked. */
  readonly events: readonly (OpenedEvent & { readonly by: string; readonly person: string | null })[];
}

/** The same for an operator; of a minor without any words, unless a colleague lets them look. */
export interface OperatorRequestView extends RequestView {
  readonly isWithheld: boolean;
}

/** Puts a request together for whoever may read it. */
@Injectable()
export class RequestViews {
  constructor(
    @InjectRepository(RequestDecision) private readonly decisionRepository: Repository<RequestDecision>,
    @InjectRepository(RequestHolder) private readonly holderRepository: Repository<RequestHolder>,
    private readonly db: Database,
    private readonly records: RequestRecords,
    private readonly clocks: RequestClocks,
    private readonly operators: Operators,
    private readonly names: CodeNames,
    private readonly holds: Holds,
    private readonly vault: Vault,
    private readonly minorLooks: MinorLooks,
    private readonly people: OperatorSubjects,
    private readonly attachments: Attachments,
  ) {}

  /** The person concerned reads `operator` where an operator acted, and nothing of a hold that they may not be told of, nor what operators wrote for each other or have still to do. `steps`: of what happened. */
  async forSubject(request: SubjectRequest, steps: 'newest' | 'all' = 'newest'): Promise<RequestView> {
    const view = await this.whole(request, 'subject', steps);
    const events = view.events.map((one) => (amongOperators.includes(one.act) ? { ...one, text: null } : one));
    const holders = view.holders.map((one) => ({ ...one, taskId: null }));
    return this.withoutUntold({ ...(request.state === 'awaitingSecond' ? undecided(view) : view), events, holders });
  }

  /** The same for whom it is about where a guardian or a relative asked: how it stands, what was decided and done, none of the words and files of who asked, nor what they were written. */
  async forConcerned(request: SubjectRequest): Promise<RequestView> {
    const view = await this.forSubject(request);
    if (!request.isAskedByAnother) return view;
    const { decisions, holders } = view;
    const unworded = decisions.map((one) => ({ ...one, reason: null }));
    return { ...withoutWords(view), decisions: unworded, holders, files: null, pack: null };
  }

  /** Of a hold that the person may not be told of whoever reads no holds reads nothing either: they answer the person. */
  async forOperator(
    request: SubjectRequest,
    { operatorId, permissions }: OperatorPrincipal,
  ): Promise<OperatorRequestView> {
    const isWithheld = await this.minorLooks.isClosed(request.subjectId, operatorId);
    const view = await this.whole(request, 'operator');
    const shown = permissions.has('hold.read') ? view : await this.withoutUntold(view);
    return { ...(isWithheld ? withoutWords(shown) : shown), isWithheld };
  }

  private async whole(
    request: SubjectRequest,
    reader: 'subject' | 'operator',
    steps: 'newest' | 'all' = 'newest',
  ): Promise<RequestView> {
    const { subjectId, id: requestId, round } = request;
    const events = await this.records.events(request, steps === 'all' ? undefined : shownEvents);
    const people = await this.peopleIn(request, events);
    const names = reader === 'operator' ? await this.namesIn(events) : new Map<string, string>();
    const content = await this.records.content(request);
    const decisions = await this.decisions(subjectId, requestId, round);
    const holders = await this.holderRepository.find({
      where: { subjectId, requestId },
      order: { round: 'DESC', phase: 'DESC', holder: 'ASC' },
    });
    return {
      request,
      content,
      answer: await this.records.answer(request),
      trace: this.clocks.trace(request),
      decisions,
      holders,
      names: await this.names.of(codesIn({ request, content, decisions, holders })),
      files: reader === 'subject' ? await this.attachments.namesSuppliedFor(citing(requestId)) : null,
      pack: await this.pack(request),
      asker: asAsker(request, people),
      events: events.map((event) => ({
        ...event,
        by: names.get(event.byId ?? '') ?? kindOf(event, request),
        person: people.get(event.byId ?? '') ?? null,
      })),
    };
  }

  /** What such a hold keeps is kept without a word why. */
  private async withoutUntold(view: RequestView): Promise<RequestView> {
    const told = await this.holds.toldTo(view.request.subjectId);
    const untold = { ground: null, article: null, until: null, reason: null };
    return {
      ...view,
      decisions: view.decisions.map((one) => (isTold(one, told) ? one : { ...one, ...untold })),
      holders: view.holders.map((one) => ({ ...one, retained: one.retained.filter((kept) => isTold(kept, told)) })),
    };
  }

  private async decisions(subjectId: string, requestId: string, round: number): Promise<RequestView['decisions']> {
    const rows = await this.decisionRepository.find({
      where: { subjectId, requestId, round },
      order: { holder: 'ASC', category: 'ASC' },
    });
    const opened = [];
    for (const row of rows) {
      const { holder, category, count, outcome, ground, article, until } = row;
      const reason = row.reason && (await this.vault.open(decisionReasonPlace(row), row.reason));
      opened.push({ holder, category, count, outcome, ground, article, until, reason });
    }
    return opened;
  }

  private async pack({ subjectId, id }: SubjectRequest): Promise<RequestView['pack']> {
    const [row] = await this.db.query<{ expiresAt: Date; downloads: number }>(
      'SELECT expires_at AS "expiresAt", downloads FROM rights.request_packages WHERE subject_id = $1 AND request_id = $2',
      [subjectId, id],
    );
    return row ?? null;
  }

  /** Who acted for an enterprise or a ward, masked. */
  private async peopleIn(
    { askedBy }: SubjectRequest,
    events: readonly OpenedEvent[],
  ): Promise<ReadonlyMap<string, string | null>> {
    const acting = events.flatMap(({ byKind, byId }) => (byKind === 'representative' && byId !== null ? [byId] : []));
    return this.people.displayNames(askedBy === null ? acting : [askedBy, ...acting]);
  }

  private async namesIn(events: readonly OpenedEvent[]): Promise<ReadonlyMap<string, string>> {
    return this.operators.namesOf(events.flatMap(({ byId }) => byId ?? []));
  }
}

/** What a second operator has yet to agree to is no decision. */
function undecided(view: RequestView): RequestView {
  const request = Object.assign(new SubjectRequest(), view.request, { outcome: null, decidedAt: null });
  return { ...view, request, answer: null, decisions: [] };
}

/** What anybody wrote is left out, and what was found: what happened, when, and which holders answered stays. */
function withoutWords(view: RequestView): RequestView {
  return {
    ...view,
    content: { text: null, corrections: [], target: null, evidence: null },
    answer: null,
    decisions: [],
    holders: view.holders.map((one) => ({ ...one, counts: [], retained: [] })),
    events: view.events.map((one) => ({ ...one, text: null })),
  };
}

/** The kinds of data, purposes and holders that a request names. */
function codesIn({
  request,
  content,
  decisions,
  holders,
}: Pick<RequestView, 'request' | 'content' | 'decisions' | 'holders'>): string[] {
  const categories = [...content.corrections, ...decisions].map(({ category }) => category);
  return [
    ...request.categories,
    ...categories,
    ...holders.map(({ holder }) => holder),
    ...(request.purpose === null ? [] : [request.purpose]),
  ];
}

/** Whoever acts for a ward is the guardian. */
function kindOf({ byKind }: OpenedEvent, { askedAs }: SubjectRequest): string {
  return byKind === 'representative' && askedAs === 'guardian' ? askedAs : byKind;
}

function asAsker(
  { askedBy, askedAs }: SubjectRequest,
  people: ReadonlyMap<string, string | null>,
): RequestView['asker'] {
  return askedAs && { personId: askedBy, role: askedAs, name: people.get(askedBy ?? '') ?? '' };
}
