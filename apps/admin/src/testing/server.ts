export interface Asked {
  /** Such as `POST /api/v1/operator/sessions`. */
  readonly what: string;
  readonly csrf: string | null;
  readonly body: unknown;
}

interface Answer {
  readonly status?: number;
  readonly body?: object;
}

/** In place of the network: answers what it knows, 404 otherwise, and keeps what was asked, oldest first. */
export function serve(answers: Readonly<Record<string, (body: never) => Answer>>): Asked[] {
  const asked: Asked[] = [];
  globalThis.fetch = async (input) => {
    const request = input instanceof Request ? input : new Request(new URL(String(input), window.location.origin));
    const what = `${request.method} ${new URL(request.url).pathname}`;
    const text = await request.text();
    const body: unknown = text === '' ? null : JSON.parse(text);
    asked.push({ what, csrf: request.headers.get('X-Abide-Csrf'), body });
    const { status = 200, body: answer = {} } = answers[what]?.(body as never) ?? { status: 404 };
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    return new Response(JSON.stringify(answer), { status, headers: { 'content-type': type } });
  };
  return asked;
}
