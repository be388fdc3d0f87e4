import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '@abide/platform/testing';
import { persistence } from './persistence.js';

const main = join(import.meta.dirname, '../dist/main.js');
const operator = { email: 'first@abide.example', password: 'a long and quiet password' };
const client = { id: 'ticketing', secret: 'a secret of the ticketing service' };

/** One API process of the built product. */
interface Node {
  readonly url: string;
  readonly process: ChildProcess;
}

interface Answer {
  readonly status: number;
  readonly body: any;
}

describe('two processes on one database', () => {
  let database: TestDatabase;
  let folder: string;
  let nodes: readonly [Node, Node];

  beforeAll(async () => {
    if (!existsSync(main)) throw new Error('Build the product first: npm run build');
    database = await createTestDatabase(persistence);
    folder = mkdtempSync(join(tmpdir(), 'abide-race-'));
    nodes = [await startNode(), await startNode()];
  });
  afterAll(async () => {
    for (const node of nodes ?? []) {
      const ended = new Promise((done) => node.process.once('exit', done));
      node.process.kill('SIGTERM');
      await ended;
    }
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function startNode(): Promise<Node> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const child = spawn(process.execPath, [main], {
      stdio: 'ignore',
      env: {
        ...process.env, NODE_ENV: 'development', LOG_LEVEL: 'silent', DATABASE_URL: database.appUrl, ABIDE_DATA_DIR: folder, PORT: String(port), ABIDE_PUBLIC_URL: 'http://127.0.0.1:9',
        ABIDE_BOOTSTRAP_OPERATOR: `${operator.email}:${operator.password}`, ABIDE_BOOTSTRAP_CLIENT: `${client.id}:${client.secret}`,
      },
    });
    for (let attempt = 0; attempt < 300; attempt += 1) {
      if (await fetch(`${url}/health/ready`).then(({ ok }) => ok, () => false)) return { url, process: child };
      await sleep(100);
    }
    throw new Error('An API process did not become ready');
  }

  async function call(node: Node, method: string, path: string, { body, token }: { body?: unknown; token?: string } = {}): Promise<Answer> {
    const answer = await fetch(`${node.url}/api/v1/${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
  }

  /** Puts a policy in force with what the database's owner may do: how it got there is not what is tested here. */
  async function publish(): Promise<void> {
    const { Client } = (await import('pg')).default;
    const owner = new Client({ connectionString: database.url });
    await owner.connect();
    const text = { 'zh-CN': '文', en: 'Text' };
    const clause = { id: 'use.advertising', heading: text, body: text, terms: [{ type: 'use', categories: ['log.browsing'], purposes: ['advertising.relevant'], basis: 'consent' }] };
    const document = JSON.stringify({ policy: 'privacy', kind: 'general', title: text, contact: text, glossary: [], definitions: [], services: [], recipients: [], clauses: [clause] });
    const [policy, revision] = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002'];
    await owner.query(`INSERT INTO policy.policies (id, slug, kind, created_at) VALUES ($1, 'privacy', 'general', now())`, [policy]);
    await owner.query(
      `INSERT INTO policy.revisions (id, policy_id, number, state, document, canonical, content_hash, created_at, updated_at, submitted_hash, approved_at, took_effect_at, materiality)
       SELECT $1, $2, 1, 'effective', $3::jsonb, $3, hash, now(), now(), hash, now(), now(), 'informational' FROM (SELECT encode(sha256(convert_to($3, 'UTF8')), 'hex') AS hash) AS one`,
      [revision, policy, document],
    );
    await owner.end();
  }

  async function aPerson(node: Node): Promise<{ id: string; token: string }> {
    const identifier = { type: 'email', value: `person-${Math.random().toString(36).slice(2)}@example.com` };
    const password = 'a fine password for tests';
    const started = await call(node, 'POST', 'subjects', { body: { kind: 'person', identifier, password, acceptedRevisionIds: ['018f0000-0000-7000-8000-000000000002'] } });
    const { body: mailbox } = await call(node, 'POST', 'dev/messages/query', { body: { to: identifier.value } });
    const confirmed = await call(node, 'POST', `verifications/${started.body.verification.id}/confirm`, { body: { code: /\d{6}/.exec(mailbox.items[0].text)?.[0] } });
    const session = await call(node, 'POST', 'sessions', { body: { identifier, password } });
    return { id: confirmed.body.subjectId, token: session.body.accessToken };
  }

  it('never answers from before a withdrawal that was acknowledged by the other, however busy both are', async () => {
    await publish();
    const [one, two] = nodes;
    const person = await aPerson(one);
    const service = (await call(two, 'POST', 'oauth/token', { body: { grant_type: 'client_credentials', client_id: client.id, client_secret: client.secret } })).body.access_token;
    const ask = (node: Node) => call(node, 'POST', 'decisions', { token: service, body: { subjectId: person.id, purpose: 'advertising.relevant', categories: ['log.browsing'] } });
    const say = (node: Node, state: string) => call(node, 'PUT', 'me/consents/advertising.relevant', { token: person.token, body: { state } });
    let isOver = false;
    let asked = 0;
    const questions = [one, two].flatMap((node) =>
      Array.from({ length: 6 }, async () => {
        while (!isOver) {
          expect((await ask(node)).status).toBe(200);
          asked += 1;
        }
      }),
    );
    for (let round = 0; round < 30; round += 1) {
      const [speaker, listener] = round % 2 === 0 ? [one, two] : [two, one];
      expect((await say(speaker, 'granted')).status).toBe(200);
      expect((await ask(listener)).body.allowed).toBe(true);
      expect((await say(speaker, 'withdrawn')).status).toBe(200);
      const answers = await Promise.all([ask(listener), ask(speaker), ask(listener)]);
      expect(answers.map(({ body }) => body.results[0].code)).toEqual(['consent.withdrawn', 'consent.withdrawn', 'consent.withdrawn']);
    }
    isOver = true;
    await Promise.all(questions);
    expect(asked).toBeGreaterThan(100);
  });

  it('stops serving a session that was ended at the other', async () => {
    const [one, two] = nodes;
    const person = await aPerson(one);
    expect((await call(two, 'GET', 'me/consents', { token: person.token })).status).toBe(200);
    await call(one, 'DELETE', 'sessions/current', { token: person.token });
    expect((await call(two, 'GET', 'me/consents', { token: person.token })).status).toBe(401);
  });
});

function freePort(): Promise<number> {
  return new Promise((done) => {
    const socket = createServer().listen(0, '127.0.0.1', () => {
      const address = socket.address();
      socket.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
