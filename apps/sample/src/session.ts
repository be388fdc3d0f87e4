import { AbideProblem, createClient, type AbideClient, type Schemas } from '@abide/client';
import { keep, readKept } from './kept.js';

interface Account {
  readonly subjectId: string;
  readonly identifier: string;
  readonly tokens: Schemas['SubjectTokens'];
}

/** Told of every request that was answered in JSON, with copies to read. */
export type Watch = (request: Request, response: Response) => void;

/** Somebody who is signed in: their client, whose token is renewed when it has run out. */
export class Session {
  readonly client: AbideClient = createClient({ baseUrl: location.origin, fetch: (request) => this.fetch(request) });
  private watch: Watch = () => undefined;
  private onEnded: () => void = () => undefined;
  private renewing: Promise<boolean> | null = null;

  private constructor(private account: Account) {}

  /** Whoever was signed in before the page was loaded again. */
  static kept(): Session | null {
    const account = readKept<Account>('account');
    return account && new Session(account);
  }

  /** @throws AbideProblem when refused, or what the fetch throws when offline */
  static async signIn(identifier: string, password: string): Promise<Session> {
    const open = createClient({ baseUrl: location.origin });
    const { data, error, response } = await open.POST('/api/v1/sessions', {
      body: { identifier: { type: 'email', value: identifier }, password },
    });
    if (!data || !('accessToken' in data)) throw AbideProblem.from(error, response);
    const session = new Session({ subjectId: '', identifier, tokens: data });
    const own = await session.client.GET('/api/v1/me');
    if (!own.data) throw AbideProblem.from(own.error, own.response);
    session.use({ subjectId: own.data.id, identifier, tokens: data });
    return session;
  }

  get subjectId(): string {
    return this.account.subjectId;
  }

  get identifier(): string {
    return this.account.identifier;
  }

  listen(watch: Watch, onEnded: () => void): void {
    this.watch = watch;
    this.onEnded = onEnded;
  }

  async signOut(): Promise<void> {
    await this.client.DELETE('/api/v1/sessions/current').catch(() => undefined);
  }

  /** The first request is under way when this returns, so that it outlives its page. */
  private async fetch(request: Request): Promise<Response> {
    const copy = request.clone();
    let response = await this.send(request);
    if (response.status === 401 && !(await isWrongPassword(response)) && (await this.renew()))
      response = await this.send(copy.clone());
    if (response.headers.get('content-type')?.includes('json')) this.watch(copy, response.clone());
    return response;
  }

  private send(request: Request): Promise<Response> {
    request.headers.set('Authorization', `Bearer ${this.account.tokens.accessToken}`);
    return fetch(request);
  }

  /** Once for all requests that ask at the same time: a refresh token is good once. */
  private renew(): Promise<boolean> {
    this.renewing ??= this.refresh().finally(() => (this.renewing = null));
    return this.renewing;
  }

  private async refresh(): Promise<boolean> {
    const { refreshToken } = this.account.tokens;
    const { data } = await createClient({ baseUrl: location.origin }).POST('/api/v1/sessions/refresh', {
      body: { refreshToken },
    });
    if (data) this.use({ ...this.account, tokens: data });
    else this.onEnded();
    return data !== undefined;
  }

  private use(account: Account): void {
    this.account = account;
    keep('account', account);
  }
}

/** That a password beside the request was wrong says nothing of the token. */
async function isWrongPassword(response: Response): Promise<boolean> {
  const { code } = (await response.clone().json()) as { code?: string };
  return code === 'session.invalid_credentials';
}
