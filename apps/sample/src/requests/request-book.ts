import { AbideProblem, type paths, type Schemas } from '@abide/client';
import { keep, readKept } from '../kept.js';
import type { Session } from '../session.js';

export type OwnRequest = Schemas['RequestResponse'];
export type RequestLine = Schemas['RequestLine'];
export type Wanted = Schemas['MakeRequest'];
export type Holding = Schemas['HoldingDto'];
/** What near relatives may ask of somebody who died. */
export type RelativesAct = Schemas['AfterDeathArrangement']['relativesMayNot'][number];

/** Whose requests are looked at: one's own, those for a child, or those for an enterprise. */
export interface Whose {
  readonly kind: 'own' | 'ward' | 'enterprise';
  readonly id: string;
  /** Masked; empty for oneself. */
  readonly name: string;
}

export const own: Whose = { kind: 'own', id: '', name: '' };

type Verification = Schemas['RequestVerification'];
type RequestPath = Extract<keyof paths, `/api/v1/me/requests${string}`>;

const bases: Readonly<Record<Whose['kind'], string>> = { own: 'me', ward: 'me/wards', enterprise: 'me/enterprises' };

/** The requests that a signed-in person makes, for themselves or for whom they act for. Everything throws `AbideProblem` when refused, or what the fetch throws when offline. */
export class RequestBook {
  whose: Whose = own;

  constructor(private readonly session: Session) {}

  /** Everybody that the person may ask for, themselves first. */
  async everybody(): Promise<Whose[]> {
    const { client } = this.session;
    const [wards, enterprises] = await Promise.all([
      wanted(client.GET('/api/v1/me/wards', { params: { query: { limit: 100 } } })),
      wanted(client.GET('/api/v1/me/enterprises')),
    ]);
    const acting = enterprises.items.filter(({ state }) => state === 'acting');
    return [
      own,
      ...wards.items.map(({ subjectId: id, displayName: name }) => ({ kind: 'ward' as const, id, name })),
      ...acting.map(({ enterpriseId: id, enterprise: name }) => ({ kind: 'enterprise' as const, id, name })),
    ];
  }

  list(cursor: string | null): Promise<{ items: RequestLine[]; nextCursor: string | null }> {
    const query = { limit: 20, ...(cursor !== null && { cursor }) };
    return wanted(this.session.client.GET(this.at('/api/v1/me/requests'), { params: { query } }));
  }

  /** A message leads to a request by its id alone: whose it is shows where it is found. */
  async find(id: string): Promise<OwnRequest> {
    const here = await this.get(id).catch(nullWhereNotFound);
    if (here) return here;
    for (const whose of await this.everybody()) {
      this.whose = whose;
      const found = await this.get(id).catch(nullWhereNotFound);
      if (found) return found;
    }
    this.whose = own;
    return this.get(id);
  }

  async ask(body: Wanted): Promise<OwnRequest> {
    const made = await wanted(this.session.client.POST(this.at('/api/v1/me/requests'), { body }));
    if (made.verification) keep(codeOf(made.id), made.verification.id);
    return made;
  }

  /** Resolves to it, or to the earlier one that it was joined to. */
  prove(id: string, code: string): Promise<OwnRequest> {
    const path = this.at('/api/v1/me/requests/{id}/verification');
    return wanted(this.session.client.POST(path, { params: { path: { id } }, body: { code } }));
  }

  /** The same code again where it is known which one; else another. */
  async sendCode(id: string): Promise<void> {
    const sent = readKept<string>(codeOf(id));
    if (sent !== null && (await this.resend(sent))) return;
    const path = this.at('/api/v1/me/requests/{id}/code');
    const { id: verificationId } = await wanted<Verification>(
      this.session.client.POST(path, { params: { path: { id } } }),
    );
    keep(codeOf(id), verificationId);
  }

  reply(id: string, text: string): Promise<OwnRequest> {
    const path = this.at('/api/v1/me/requests/{id}/message');
    return wanted(this.session.client.POST(path, { params: { path: { id } }, body: { text } }));
  }

  cancel(id: string): Promise<OwnRequest> {
    const path = this.at('/api/v1/me/requests/{id}/cancellation');
    return wanted(this.session.client.POST(path, { params: { path: { id } } }));
  }

  waive(id: string): Promise<OwnRequest> {
    const path = this.at('/api/v1/me/requests/{id}/waiver');
    return wanted(this.session.client.POST(path, { params: { path: { id } } }));
  }

  appeal(id: string, text: string): Promise<OwnRequest> {
    const path = this.at('/api/v1/me/requests/{id}/appeal');
    return wanted(this.session.client.POST(path, { params: { path: { id } }, body: { text } }));
  }

  async download(id: string): Promise<Blob> {
    const path = this.at('/api/v1/me/requests/{id}/package');
    return wanted<Blob>(this.session.client.GET(path, { params: { path: { id } }, parseAs: 'blob' }) as never);
  }

  /** Resolves to the id by which a request cites it. */
  async upload(file: File): Promise<string> {
    const form = new FormData();
    form.append('file', file);
    const { attachmentId } = await wanted(
      this.session.client.POST('/api/v1/attachments', { body: { file: '' }, bodySerializer: () => form }),
    );
    return attachmentId;
  }

  /** What is held about the person themselves. */
  holdings(): Promise<Schemas['HoldingsResponse']> {
    return wanted(this.session.client.GET('/api/v1/me/holdings'));
  }

  /** What the person arranged that their relatives may not ask after their death; empty where the law decides. */
  async relativesMayNot(): Promise<readonly RelativesAct[]> {
    return (await wanted(this.session.client.GET('/api/v1/me/after-death'))).relativesMayNot;
  }

  async arrangeAfterDeath(relativesMayNot: RelativesAct[]): Promise<void> {
    await wanted(this.session.client.PUT('/api/v1/me/after-death', { body: { relativesMayNot } }));
  }

  rows(
    category: string,
    cursor: string | null,
  ): Promise<{ items: Schemas['HoldingRowDto'][]; nextCursor: string | null }> {
    const query = { limit: 20, ...(cursor !== null && { cursor }) };
    return wanted(
      this.session.client.GET('/api/v1/me/holdings/{category}/rows', { params: { path: { category }, query } }),
    );
  }

  /** What somebody may object to: every purpose that something is held for, and those that they decide on. */
  async purposes(): Promise<{ code: string; name: Schemas['LocalizedText'] }[]> {
    const [{ items }, consents] = await Promise.all([
      this.holdings(),
      wanted(this.session.client.GET('/api/v1/me/consents')),
    ]);
    const decided = consents.items.map(({ purpose: code, name }) => ({ code, name }));
    const named = [...items.flatMap(({ purposes }) => purposes), ...decided];
    return [...new Map(named.flatMap(({ code, name }) => (name ? [[code, { code, name }] as const] : []))).values()];
  }

  private get(id: string): Promise<OwnRequest> {
    return wanted(this.session.client.GET(this.at('/api/v1/me/requests/{id}'), { params: { path: { id } } }));
  }

  /** What is asked for a child or an enterprise stands elsewhere, and is answered alike. */
  private at<Path extends RequestPath>(path: Path): Path {
    const { kind, id } = this.whose;
    if (kind === 'own') return path;
    return path.replace('/me/requests', `/${bases[kind]}/${id}/requests`) as Path;
  }

  private async resend(verificationId: string): Promise<boolean> {
    const { response, error } = await this.session.client.POST('/api/v1/verifications/{id}/resend', {
      params: { path: { id: verificationId } },
    });
    if (response.ok) return true;
    const problem = AbideProblem.from(error, response);
    if (problem.code === 'verification.sent_too_often') throw problem;
    return false;
  }
}

const codeOf = (id: string): string => `code.${id}`;

async function wanted<Data>(
  answer: Promise<{ readonly data?: Data; readonly error?: unknown; readonly response: Response }>,
): Promise<NonNullable<Data>> {
  const { data, error, response } = await answer;
  if (data === undefined || data === null) throw AbideProblem.from(error, response);
  return data;
}

function nullWhereNotFound(problem: unknown): null {
  if (problem instanceof AbideProblem && (problem.status === 404 || problem.status === 403)) return null;
  throw problem;
}
