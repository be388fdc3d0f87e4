import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { apiPrefix, Config } from '@abide/platform';

type Method = 'GET' | 'POST' | 'PUT';

interface Call {
  readonly method: Method;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** Any answer's parsed body; the demo trusts what it reads because every call that is refused throws. */
export type Answer = Record<string, never> & { readonly [member: string]: string };

/** Calls the product's own API as a client would, without a socket. @throws Error naming the refused call and its code. */
export class DemoClient {
  private headers: Record<string, string> = {};

  constructor(private readonly app: NestFastifyApplication) {}

  async signInOperator(email: string, password: string): Promise<this> {
    const { body, cookie } = await this.send({ method: 'POST', path: 'operator/sessions', body: { email, password } });
    this.headers = { cookie, 'x-abide-csrf': body['csrfToken'] ?? '' };
    return this;
  }

  async signInPerson(email: string, password: string): Promise<string> {
    const identifier = { type: 'email', value: email };
    const { accessToken = '' } = await this.call('POST', 'sessions', { identifier, password });
    this.actAs(accessToken);
    return accessToken;
  }

  /** The newest code that the development mailbox holds for an address. */
  async codeTo(email: string): Promise<string> {
    const { items } = (await this.call('POST', 'dev/messages/query', { to: email })) as unknown as {
      items: { text: string }[];
    };
    return /\b\d{6}\b/.exec(items[0]?.text ?? '')?.[0] ?? '';
  }

  actAs(token: string): this {
    this.headers = { authorization: `Bearer ${token}` };
    return this;
  }

  async call(method: Method, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return (await this.send({ method, path, body, headers })).body;
  }

  private async send({ method, path, body, headers = {} }: Call): Promise<{ body: Answer; cookie: string }> {
    const response = await this.app.inject({
      method,
      url: `/${apiPrefix}/${path}`,
      headers: { origin: this.app.get(Config).publicUrl, ...this.headers, ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const isJson = String(response.headers['content-type'] ?? '').includes('json');
    const answer = (isJson ? JSON.parse(response.payload) : {}) as Answer;
    if (response.statusCode >= 300)
      throw new Error(
        `The demo's ${method} ${path} was refused: ${response.statusCode} ${answer['code'] ?? ''} ${JSON.stringify(answer['errors'] ?? '').slice(0, 400)}`,
      );
    return { body: answer, cookie: String(response.headers['set-cookie'] ?? '').split(';')[0] ?? '' };
  }
}
