import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit, type Act } from '@abide/audit';
import type { Identifier } from '@abide/identity';
import { Clock, newId, type Locale } from '@abide/kernel';
import { Database, requestContext, type ExpectedHolder } from '@abide/platform';
import { Vault, type Place } from '@abide/vault';
import { Repository } from 'typeorm';
import { refusal } from '../rights.errors.js';
import { earlierJudges } from './earlier-judges.sql.js';
import { RequestEvent, type RequestAct } from './request-event.entity.js';
import type { RequestDecision } from './request-parts.entities.js';
import { SubjectRequest } from './request.entity.js';

/** What somebody would have corrected. */
export interface WantedCorrection {
  readonly category: string;
  readonly value: string;
}

/** Who asked without signing in, as they said; the address was proven where the request is verified. */
export interface Requester {
  readonly identifier: Identifier;
  readonly name: string | null;
  /** To somebody who died and whose data it is about. */
  readonly relation: string | null;
  /** Whether the address is that of an account whose owner died, or that is closed: whoever reads it now is somebody else. */
  readonly isAccountEnded?: boolean;
}

/** A request in the subject's words. */
export interface RequestContent {
  readonly text: string | null;
  readonly corrections: readonly WantedCorrection[];
  /** Of a transfer: to whom. */
  readonly target: string | null;
  /** Of feedback: the service that it is about. */
  readonly service?: string | null;
  /** How somebody came in who made it with an operator's help, and what they showed. */
  readonly evidence: string | null;
  readonly requester?: Requester | null;
}

/** Whom a request is about and who has to answer: fixed when identity was proven, and used by every later try. */
export interface FrozenScope {
  readonly identifiers: readonly { readonly type: string; readonly value: string }[];
  readonly holders: readonly ExpectedHolder[];
}

/** Where the last word about a request goes once there is no account any more, and in which language. */
export interface Farewell {
  readonly locale: Locale;
  readonly to: readonly Identifier[];
}

export interface OpenedEvent {
  readonly id: string;
  readonly at: Date;
  readonly act: RequestAct;
  readonly byKind: RequestEvent['byKind'];
  readonly byId: string | null;
  readonly text: string | null;
}

type SealedColumn = 'content' | 'answer' | 'scope' | 'farewell';

/** The rows of requests: locked, saved with their evidence, their words sealed under the keys of whom they are about. */
@Injectable()
export class RequestRecords {
  constructor(
    @InjectRepository(SubjectRequest) private readonly requestRepository: Repository<SubjectRequest>,
    @InjectRepository(RequestEvent) private readonly eventRepository: Repository<RequestEvent>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
    private readonly audit: Audit,
  ) {}

  async find(id: string, subjectId?: string): Promise<SubjectRequest | null> {
    return this.requestRepository.findOneBy(subjectId === undefined ? { id } : { id, subjectId });
  }

  /** @throws DomainError `request.not_found`, also where it is not `subjectId`'s. */
  async get(id: string, subjectId?: string): Promise<SubjectRequest> {
    const request = await this.find(id, subjectId);
    if (!request) throw refusal('request.not_found');
    return request;
  }

  /** The same, locked until the open transaction ends. */
  async lock(id: string, subjectId?: string): Promise<SubjectRequest> {
    const request = await this.requestRepository.findOne({
      where: subjectId === undefined ? { id } : { id, subjectId },
      lock: { mode: 'for_no_key_update' },
    });
    if (!request) throw refusal('request.not_found');
    return request;
  }

  /** Changes a locked request by `act` and saves it, in one transaction. */
  async change<T>(
    id: string,
    act: (request: SubjectRequest) => Promise<T>,
    subjectId?: string,
  ): Promise<{ readonly request: SubjectRequest; readonly done: T }> {
    return this.db.transaction(async () => {
      const request = await this.lock(id, subjectId);
      const done = await act(request);
      await this.save(request);
      return { request, done };
    });
  }

  async insert(request: SubjectRequest): Promise<void> {
    await this.requestRepository.insert(request);
  }

  async save(request: SubjectRequest): Promise<void> {
    request.version += 1;
    await this.requestRepository.save(request);
  }

  /** Puts an act into the timeline of a request and into the audit, in the open transaction. */
  async note(
    request: SubjectRequest,
    act: RequestAct,
    more: {
      readonly text?: string | null;
      readonly details?: Act['details'];
      /** The operator whose act it is, where nobody's request is being answered. */
      readonly by?: { readonly id: string; readonly name: string };
      /** The person whose act it is, where nobody is signed in. */
      readonly personId?: string;
    } = {},
  ): Promise<void> {
    const context = requestContext();
    const principal = context?.principal ?? null;
    // Whoever asks without an account is known by nothing but the request.
    const isUnknown = context !== undefined && principal === null && !more.by;
    const signedIn = principal?.kind === 'subject' ? principal.subjectId : null;
    const personId = more.personId ?? signedIn ?? (isUnknown ? request.askedBy : null);
    const representative = personId === request.subjectId ? null : personId;
    const isRelative = isUnknown && request.askedAs === 'relative';
    const actor = principal === null && more.by ? ({ kind: 'operator', ...more.by } as const) : null;
    const id = newId();
    const place = eventTextPlace({ subjectId: request.subjectId, id });
    await this.eventRepository.insert({
      subjectId: request.subjectId,
      requestId: request.id,
      id,
      at: this.clock.now(),
      act,
      byKind:
        representative === null && !isRelative
          ? byKindOf(actor?.kind ?? principal?.kind ?? null, isUnknown)
          : 'representative',
      byId: actor?.id ?? (principal?.kind === 'operator' ? principal.operatorId : representative),
      sessionId: act === 'verified' && principal?.kind === 'subject' ? principal.sessionId : null,
      text: more.text ? await this.vault.seal(place, more.text) : null,
    });
    await this.audit.record({
      act: `request.${act}`,
      ...(isUnknown ? { actor: { kind: 'subject', id: personId ?? request.subjectId } as const } : {}),
      ...(actor ? { actor } : {}),
      object: { type: 'request', id: request.id },
      subjectId: request.subjectId,
      details: {
        type: request.type,
        number: request.number,
        ...(isRelative ? { by: 'relative' } : {}),
        ...more.details,
      },
    });
  }

  /** The oldest first; with `last`, so many of the newest. */
  async events({ subjectId, id: requestId }: SubjectRequest, last?: number): Promise<OpenedEvent[]> {
    const newestFirst = { where: { subjectId, requestId }, order: { at: 'DESC', id: 'DESC' } } as const;
    const rows = await this.eventRepository.find(last === undefined ? newestFirst : { ...newestFirst, take: last });
    const opened: OpenedEvent[] = [];
    for (const { id, at, act, byKind, byId, text } of rows.reverse()) {
      const opensAs = eventTextPlace({ subjectId, id });
      opened.push({ id, at, act, byKind, byId, text: text && (await this.vault.open(opensAs, text)) });
    }
    return opened;
  }

  /** How often an act has happened to it. */
  async countOf({ subjectId, id }: SubjectRequest, act: RequestAct): Promise<number> {
    const [row] = await this.db.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM rights.request_events WHERE subject_id = $1 AND request_id = $2 AND act = $3',
      [subjectId, id, act],
    );
    return row?.n ?? 0;
  }

  /** When an act last happened to it; null where it never did. */
  async lastOf({ subjectId, id }: SubjectRequest, act: RequestAct): Promise<Date | null> {
    const [row] = await this.db.query<{ at: Date | null }>(
      'SELECT max(at) AS at FROM rights.request_events WHERE subject_id = $1 AND request_id = $2 AND act = $3',
      [subjectId, id, act],
    );
    return row?.at ?? null;
  }

  /** The operators who decided, or agreed to a decision, before the last appeal. */
  async earlierJudges({ subjectId, id }: SubjectRequest): Promise<string[]> {
    const rows = await this.db.query<{ by_id: string }>(earlierJudges('$1', '$2'), [subjectId, id]);
    return rows.map((row) => row.by_id);
  }

  /** `key`: the retained one once the ordinary one is destroyed. */
  async seal(
    request: SubjectRequest,
    column: SealedColumn,
    value: object | string,
    options: { readonly key?: 'retained' } = {},
  ): Promise<void> {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    request[column] = await this.vault.seal({ ...requestPlace(request), column }, text, options);
  }

  async content(request: SubjectRequest): Promise<RequestContent> {
    const text = await this.opened(request, 'content');
    return text === null
      ? { text: null, corrections: [], target: null, evidence: null }
      : (JSON.parse(text) as RequestContent);
  }

  async answer(request: SubjectRequest): Promise<string | null> {
    return this.opened(request, 'answer');
  }

  /** @throws Error where identity was never proven. */
  async scope(request: SubjectRequest): Promise<FrozenScope> {
    const text = await this.opened(request, 'scope');
    if (text === null) throw new Error(`The scope of request ${request.id} was never fixed`);
    return JSON.parse(text) as FrozenScope;
  }

  /** @throws Error where none was prepared. */
  async farewell(request: SubjectRequest): Promise<Farewell> {
    const text = await this.opened(request, 'farewell');
    if (text === null) throw new Error(`Request ${request.id} has nobody to be told any more`);
    return JSON.parse(text) as Farewell;
  }

  private async opened(request: SubjectRequest, column: SealedColumn): Promise<string | null> {
    const sealed = request[column];
    return sealed && this.vault.open({ ...requestPlace(request), column }, sealed);
  }
}

function byKindOf(
  kind: 'subject' | 'operator' | 'client' | null,
  isUnknown: boolean,
): Exclude<RequestEvent['byKind'], 'representative'> {
  if (isUnknown) return 'subject';
  return kind === null || kind === 'client' ? 'system' : kind;
}

export function requestPlace({ subjectId, id }: Pick<SubjectRequest, 'subjectId' | 'id'>): Omit<Place, 'column'> {
  return { subjectId, table: 'rights.requests', rowId: id };
}

export function eventTextPlace({ subjectId, id }: Pick<RequestEvent, 'subjectId' | 'id'>): Place {
  return { subjectId, table: 'rights.request_events', column: 'text', rowId: id };
}

export function decisionReasonPlace(
  decision: Pick<RequestDecision, 'subjectId' | 'requestId' | 'round' | 'holder' | 'category'>,
): Place {
  const { subjectId, requestId, round, holder, category } = decision;
  const rowId = [requestId, round, holder, category].join('/');
  return { subjectId, table: 'rights.request_decisions', column: 'reason', rowId };
}
