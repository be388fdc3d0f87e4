import { isDeepStrictEqual } from 'node:util';
import { newId } from '@abide/kernel';
import { OutgoingFailure, signWebhook, type OutgoingRequests } from '@abide/platform';
import { changingOperations, type ChangingOperation } from '../protocol/holder-answers.js';
import { HolderClient, type HolderAddress, type HolderSubject } from '../protocol/holder-client.js';
import { HolderFailure } from '../protocol/holder-failure.js';
import { messageId } from '../protocol/message-ids.js';

export const conformancePoints = [
  'identity',
  'unsigned',
  'wrongSignature',
  'twoSignatures',
  'replay',
  'altered',
  'malformed',
  'unknownSubject',
  'operations',
  'partial',
  'found',
  'idempotent',
  'slow',
] as const;
export type ConformancePoint = (typeof conformancePoints)[number];

export interface CheckedPoint {
  readonly point: ConformancePoint;
  /** Null: not tried, since nobody was named whose data may be erased. */
  readonly passed: boolean | null;
  /** What happened instead, in words of ours. */
  readonly found: string;
}

export interface CheckTerms {
  readonly address: HolderAddress;
  /** How long an answer may take. */
  readonly timeoutMilliseconds: number;
  /** Somebody made for this check whom the holder knows; what it has of them is erased. */
  readonly subject: HolderSubject | null;
}

/** Says of a holder outside, point by point, whether it keeps docs/holder-protocol.yaml. What it changes is only what it has of `subject`. */
export async function checkHolder(requests: OutgoingRequests, terms: CheckTerms): Promise<CheckedPoint[]> {
  const check = new Check(requests, terms);
  const tried = await check.all();
  return [
    ...tried,
    {
      point: 'slow',
      passed: check.slowest <= terms.timeoutMilliseconds && !check.timedOut,
      found: `the slowest answer took ${check.slowest} ms`,
    },
  ];
}

/** One that no holder was given. */
const otherSecret = 'whsec_bm90IHRoZSBzZWNyZXQ=';

type Trial = () => Promise<string | null>;

class Check {
  slowest = 0;
  timedOut = false;
  private readonly client: HolderClient;
  private readonly nobody: HolderSubject = { id: newId(), identifiers: [] };

  constructor(
    private readonly requests: OutgoingRequests,
    private readonly terms: CheckTerms,
  ) {
    this.client = new HolderClient(requests);
  }

  async all(): Promise<CheckedPoint[]> {
    const { subject } = this.terms;
    const points: CheckedPoint[] = [
      await this.point('identity', () => this.identity()),
      await this.point('unsigned', () => this.refused({ headers: {} }, 401)),
      await this.point('wrongSignature', () => this.refused({ secrets: [otherSecret] }, 401)),
      await this.point('twoSignatures', () => this.signedTwice()),
      await this.point('replay', () => this.refused({ at: Date.now() - 10 * 60_000 }, 401)),
      await this.point('altered', () =>
        this.refused({ sent: JSON.stringify({ ...this.question(), categories: ['other'] }) }, 401),
      ),
      await this.point('malformed', () => this.refused({ signed: '{"requestId":' }, 400)),
      await this.point('unknownSubject', () => this.unknownSubject()),
      await this.point('operations', () => this.operations()),
      await this.point('partial', () => this.exported(this.nobody, 0)),
    ];
    if (!subject) return [...points, ...(['found', 'idempotent'] as const).map(untried)];
    points.push(await this.point('found', () => this.found(subject)));
    return [...points, await this.point('idempotent', () => this.idempotent(subject))];
  }

  private async point(point: ConformancePoint, trial: Trial): Promise<CheckedPoint> {
    try {
      const fault = await trial();
      return { point, passed: fault === null, found: fault ?? 'as it should be' };
    } catch (error) {
      if (!(error instanceof HolderFailure) && !(error instanceof OutgoingFailure)) throw error;
      return {
        point,
        passed: false,
        found: `no answer that counts: ${error.code}${error.status ? ` (${error.status})` : ''}`,
      };
    }
  }

  private async identity(): Promise<null> {
    await this.timed(() => this.client.identify(this.terms.address));
    return null;
  }

  /** While a secret is being replaced a question is signed with the new one and the former: either will do. */
  private async signedTwice(): Promise<null> {
    const { address, timeoutMilliseconds } = this.terms;
    const twice = { ...address, secrets: [otherSecret, ...address.secrets] };
    await this.timed(() => this.client.describe(twice, this.question(), timeoutMilliseconds));
    return null;
  }

  /** Asks wrongly: `sent` differs from what is signed, or the signature from what it should be. */
  private async refused(wrong: Partial<Wrong>, status: number): Promise<string | null> {
    const question = this.question();
    const signed = wrong.signed ?? JSON.stringify(question);
    const { address, timeoutMilliseconds } = this.terms;
    const id = messageId.question('describe', question.requestId);
    const headers =
      wrong.headers ??
      signWebhook({ id, body: signed, secrets: wrong.secrets ?? address.secrets, at: wrong.at ?? Date.now() });
    const post = {
      url: `${address.baseUrl}/describe`,
      headers: { 'content-type': 'application/json', ...headers },
      body: wrong.sent ?? signed,
    };
    try {
      const { status: got } = await this.timed(() =>
        this.requests.post({ ...post, allowed: allowedBy(address), timeoutMilliseconds }),
      );
      return `answered ${got} instead of ${status}`;
    } catch (error) {
      if (!(error instanceof OutgoingFailure) || error.code !== 'refused') throw error;
      return error.status === status ? null : `answered ${error.status} instead of ${status}`;
    }
  }

  private async unknownSubject(): Promise<string | null> {
    const { outcome } = await this.describe(this.nobody);
    return outcome === 'nothing' || outcome === 'needsIdentifier' ? null : `somebody whom nobody knows is ${outcome}`;
  }

  private async operations(): Promise<string | null> {
    for (const operation of changingOperations) {
      const answer = await this.act(operation, this.nobody);
      if (answer?.outcome === 'done') return `${operation}: done, for somebody whom nobody knows`;
    }
    return null;
  }

  private async exported(subject: HolderSubject, atLeast: number): Promise<string | null> {
    let records = 0;
    const { address, timeoutMilliseconds } = this.terms;
    await this.timed(async () => {
      for await (const record of this.client.export(address, this.question(subject), timeoutMilliseconds))
        if (record.id) records += 1;
    });
    return records >= atLeast ? null : `exported ${records} records`;
  }

  private async found(subject: HolderSubject): Promise<string | null> {
    const { outcome, holdings } = await this.describe(subject);
    if (outcome !== 'done') return `what it has of them is ${outcome}`;
    return this.exported(
      subject,
      holdings.reduce((sum, { count }) => sum + count, 0),
    );
  }

  /** A lost answer is asked for again: what was done then is answered, never `nothing`; what is asked anew finds nothing left. */
  private async idempotent(subject: HolderSubject): Promise<string | null> {
    const requestId = newId();
    const first = await this.act('erase', subject, requestId);
    const again = await this.act('erase', subject, requestId);
    if (!first || !again) return null;
    if (first.outcome !== 'done') return `erasing them is ${first.outcome}`;
    if (!isDeepStrictEqual(first, again)) return `asked again it answered ${again.outcome}`;
    const { outcome } = await this.describe(subject);
    return outcome === 'done' && first.retained.length === 0 ? 'it still has what it said it erased' : null;
  }

  private describe(subject: HolderSubject) {
    const { address, timeoutMilliseconds } = this.terms;
    return this.timed(() => this.client.describe(address, this.question(subject), timeoutMilliseconds));
  }

  private act(operation: ChangingOperation, subject: HolderSubject, requestId: string = newId()) {
    const { address, timeoutMilliseconds } = this.terms;
    const question = { requestId, subject, ...detailsOf[operation] };
    return this.timed(() => this.client.act(address, operation, question, timeoutMilliseconds));
  }

  private question(subject = this.nobody) {
    return { requestId: newId(), subject, categories: [] };
  }

  private async timed<T>(work: () => Promise<T>): Promise<T> {
    const startedAt = Date.now();
    try {
      return await work();
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'timedOut') this.timedOut = true;
      throw error;
    } finally {
      this.slowest = Math.max(this.slowest, Date.now() - startedAt);
    }
  }
}

interface Wrong {
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly at: number;
  readonly signed: string;
  readonly sent: string;
}

/** What each operation needs beside whom it is about. */
const detailsOf: Readonly<Record<ChangingOperation, object>> = {
  correct: { corrections: [] },
  erase: { categories: [] },
  restrict: { categories: [], state: 'restricted' },
  unshare: { categories: [] },
  expire: { category: 'none', before: new Date(0).toISOString(), except: [], dryRun: true },
};

function untried(point: ConformancePoint): CheckedPoint {
  return { point, passed: null, found: 'not tried: nobody was named whose data may be erased' };
}

function allowedBy({ baseUrl, networks }: HolderAddress) {
  return networks.length > 0 ? [{ origin: new URL(baseUrl).origin, networks }] : [];
}
