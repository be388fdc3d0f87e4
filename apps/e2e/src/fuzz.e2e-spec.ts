import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import pg from 'pg';
import { signInOperator, type Credential } from './clients.js';
import { aDataFolder, removeFolder, startWithDemo, stop, type Product } from './product.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Record<string, Schema>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly format?: string;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { name: string; in: string; schema?: Schema }[];
  readonly requestBody?: { content: Record<string, { schema?: Schema }> };
  readonly responses: Record<string, { content?: Record<string, { schema?: Schema }> }>;
  readonly 'x-abide-access': { for: string };
}

interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, Schema> };
}

/** Sent wherever text is taken; must come out nowhere that it was not asked for. */
const canary = 'canary-7f3e91@example.com';
const requestsPerRoute = 12;

/** Routes that would end the fuzzing itself: the clock, and signing the fuzzing operators out. */
const leftOut = new Set(['setDevelopmentClock', 'signOutOperator', 'endOperatorSession', 'stepUpOperator']);

describe('the API under fuzzing from its own document', () => {
  const folder = aDataFolder();
  let product: Product;
  let document: Document;
  const credentials: Credential[] = [];
  const answers: { route: string; status: number; type: string; body: string; operation: Operation }[] = [];

  beforeAll(async () => {
    product = await startWithDemo(folder, { LOG_LEVEL: 'trace' });
    document = (await (await fetch(`${product.url}/openapi.json`)).json()) as Document;
    for (const role of ['administrator', 'policyEditor', 'policyApprover', 'privacyOfficer'])
      credentials.push(await signInOperator(product, role));
    credentials.push({});
    await fuzz();
  }, 300_000);

  afterAll(async () => {
    await stop(product);
    removeFolder(folder);
  });

  async function fuzz(): Promise<void> {
    for (const [pattern, operations] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        if (leftOut.has(operation.operationId)) continue;
        for (const request of fc.sample(requestOf(pattern, operation), { numRuns: requestsPerRoute, seed: 20261123 }))
          await send(pattern, method, operation, request);
      }
    }
  }

  async function send(
    pattern: string,
    method: string,
    operation: Operation,
    { path, body, who }: { path: string; body: unknown; who: number },
  ): Promise<void> {
    const hasBody = method !== 'get' && method !== 'delete';
    const headers = {
      ...credentials[who % credentials.length],
      origin: product.url,
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
    };
    const answer = await fetch(`${product.url}${path}`, {
      method: method.toUpperCase(),
      headers,
      redirect: 'manual',
      ...(hasBody ? { body: JSON.stringify(body) } : {}),
    });
    answers.push({
      route: `${method.toUpperCase()} ${pattern}`,
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      body: await answer.text(),
      operation,
    });
  }

  const text = fc.oneof(
    fc.constant(canary),
    fc.constant(''),
    fc.constant('x'.repeat(3000)),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constant('00000000-0000-7000-8000-000000000000'),
    fc.constant("'; DROP TABLE x; --"),
  );
  const anything = fc.oneof(
    { weight: 4, arbitrary: text },
    {
      weight: 1,
      arbitrary: fc.oneof(fc.constant(null), fc.integer(), fc.boolean(), fc.constant([]), fc.constant({}), fc.double()),
    },
  );

  function valueOf(schema: Schema | undefined, depth = 0): fc.Arbitrary<unknown> {
    if (!schema || depth > 5) return anything;
    if (schema.$ref) return valueOf(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''], depth + 1);
    const fitting = fittingValueOf(schema, depth);
    return fc.oneof({ weight: 5, arbitrary: fitting }, { weight: 1, arbitrary: anything });
  }

  function fittingValueOf(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    const [branch] = [...(schema.anyOf ?? []), ...(schema.allOf ?? [])];
    if (branch) return valueOf(branch, depth + 1);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
    if (type === 'object') {
      const members = Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, member]) => [name, valueOf(member, depth + 1)]),
      );
      return fc.record({ ...members }, { requiredKeys: [] });
    }
    if (type === 'array') return fc.array(valueOf(schema.items, depth + 1), { maxLength: 3 });
    if (type === 'integer' || type === 'number') return fc.oneof(fc.integer({ min: -5, max: 200 }), fc.constant(1e308));
    if (type === 'boolean') return fc.boolean();
    if (schema.format === 'date-time')
      return fc.constantFrom(
        '2026-12-24T10:00:00Z',
        '+275760-09-13T00:00:00Z',
        '0000-01-01T00:00:00Z',
        '2026-02-30T00:00:00Z',
      );
    if (schema.format === 'uuid') return fc.uuid();
    return text;
  }

  function requestOf(
    pattern: string,
    operation: Operation,
  ): fc.Arbitrary<{ path: string; body: unknown; who: number }> {
    const [media] = Object.values(operation.requestBody?.content ?? {});
    const parameters = fc.tuple(...(operation.parameters ?? []).map(({ schema }) => valueOf(schema)));
    return fc
      .record({ values: parameters, body: valueOf(media?.schema), who: fc.nat(100), hasQuery: fc.boolean() })
      .map(({ values, body, who, hasQuery }) => {
        const query = new URLSearchParams();
        let path = pattern;
        (operation.parameters ?? []).forEach((parameter, index) => {
          const value =
            typeof values[index] === 'string' ? values[index].toWellFormed() : JSON.stringify(values[index]);
          if (parameter.in === 'path')
            path = path.replace(`{${parameter.name}}`, encodeURIComponent(value === '' ? 'x' : value));
          if (parameter.in === 'query' && hasQuery) query.set(parameter.name, value);
        });
        return { path: `${path}${query.size > 0 ? `?${query}` : ''}`, body, who };
      });
  }

  it('never fails', () => {
    expect(answers.length).toBeGreaterThan(500);
    expect(answers.filter(({ status }) => status >= 500).map(({ route, status }) => `${route}: ${status}`)).toEqual([]);
  });

  it('refuses with a problem document that has a code', () => {
    const odd = answers.filter(
      ({ status, type, body }) =>
        status >= 400 && !(type.startsWith('application/problem+json') && /"code":"[a-z]\w*\.\w+"/.test(body)),
    );
    expect([...new Set(odd.map(({ route, status, type }) => `${route}: ${status} ${type}`))]).toEqual([]);
  });

  it('answers what its document says', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'document', components: document.components });
    const wrong = new Set<string>();
    let checked = 0;
    for (const { route, status, type, body, operation } of answers) {
      const declared = operation.responses[String(status)];
      if (status < 300 && !declared) wrong.add(`${route}: ${status} is not declared`);
      const schema = declared?.content?.['application/json']?.schema;
      if (!schema || !type.includes('json')) continue;
      checked += 1;
      const isValid = ajv.validate(
        JSON.parse(JSON.stringify(schema).replaceAll('#/components', 'document#/components')) as object,
        JSON.parse(body),
      );
      if (!isValid) wrong.add(`${route}: ${status} ${ajv.errorsText()}`);
    }
    expect(checked).toBeGreaterThan(100);
    expect([...wrong]).toEqual([]);
  });

  it('writes nothing of what people sent into its log', () => {
    expect(product.output()).not.toContain(canary);
    expect(product.output()).toContain('"level"');
  });

  it('puts nothing of what people sent into jobs', async () => {
    const marker = JSON.parse(readFileSync(join(folder, 'postgres/abide.json'), 'utf8')) as { password: string };
    const port = readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[3];
    const client = new pg.Client({
      connectionString: `postgres://postgres:${marker.password}@127.0.0.1:${port}/abide`,
    });
    await client.connect();
    const { rows } = await client.query<{ n: string }>(
      `SELECT count(*) AS n FROM jobs.job WHERE job::text LIKE '%canary%'`,
    );
    await client.end();
    expect(rows[0]?.n).toBe('0');
  });
});
