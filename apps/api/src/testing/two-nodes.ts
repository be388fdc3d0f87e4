import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '@abide/platform/testing';
import pg from 'pg';
import { persistence } from '../modules.js';

const main = join(import.meta.dirname, '../../dist/main.js');
const operator = { email: 'first@abide.example', password: 'a long and quiet password' };
const client = { id: 'ticketing', secret: 'a secret of the ticketing service' };
const password = 'a fine password for tests';
const revision = '018f0000-0000-7000-8000-000000000002';

/** One API process of the built product. */
export interface Node {
  readonly url: string;
  readonly process: ChildProcess;
}

export interface Answer {
  readonly status: number;
  readonly body: any;
}

export interface Person {
  readonly id: string;
  readonly token: string;
}

/** Two API processes of the built product on one database of their own. */
export class TwoNodes {
  private constructor(
    private readonly database: TestDatabase,
    private readonly folder: string,
    readonly nodes: readonly [Node, Node],
  ) {}

  static async start(): Promise<TwoNodes> {
    if (!existsSync(main)) throw new Error('Build the product first: npm run build');
    const database = await createTestDatabase(persistence);
    const folder = mkdtempSync(join(tmpdir(), 'abide-race-'));
    const one = await startNode(database, folder);
    return new TwoNodes(database, folder, [one, await startNode(database, folder)]);
  }

  async stop(): Promise<void> {
    for (const node of this.nodes) {
      const ended = new Promise((done) => node.process.once('exit', done));
      node.process.kill('SIGTERM');
      await ended;
    }
    await this.database.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Asks the database as its owner. */
  async query<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const owner = new pg.Client({ connectionString: this.database.url });
    await owner.connect();
    try {
      return (await owner.query<Row>(sql, [...parameters])).rows;
    } finally {
      await owner.end();
    }
  }

  /** Puts a policy with these terms in force with what the database's owner may do: how it got there is not what is tested here. */
  async publish(terms: readonly object[]): Promise<void> {
    const text = { 'zh-CN': '文', en: 'Text' };
    const clause = { id: 'logs', heading: text, body: text, terms };
    const document = JSON.stringify({
      policy: 'privacy',
      kind: 'general',
      title: text,
      contact: text,
      glossary: [],
      definitions: [],
      services: ['ticketing'],
      recipients: [],
      clauses: [clause],
    });
    const policy = '018f0000-0000-7000-8000-000000000001';
    await this.query(
      `INSERT INTO policy.policies (id, slug, kind, created_at) VALUES ($1, 'privacy', 'general', now())`,
      [policy],
    );
    await this.query(
      `INSERT INTO policy.revisions (id, policy_id, number, state, document, canonical, content_hash, created_at, updated_at, submitted_hash, approved_at, took_effect_at, materiality)
       SELECT $1, $2, 1, 'effective', $3::jsonb, $3, hash, now(), now(), hash, now(), now(), 'informational' FROM (SELECT encode(sha256(convert_to($3, 'UTF8')), 'hex') AS hash) AS one`,
      [revision, policy, document],
    );
  }

  async aPerson(): Promise<Person> {
    const [node] = this.nodes;
    const identifier = { type: 'email', value: `person-${Math.random().toString(36).slice(2)}@example.com` };
    const started = await call(node, 'POST', 'subjects', {
      body: { kind: 'person', identifier, password, acceptedRevisionIds: [revision] },
    });
    const { body: mailbox } = await call(node, 'POST', 'dev/messages/query', { body: { to: identifier.value } });
    const confirmed = await call(node, 'POST', `verifications/${started.body.verification.id}/confirm`, {
      body: { code: /\d{6}/.exec(mailbox.items[0].text)?.[0] },
    });
    const session = await call(node, 'POST', 'sessions', { body: { identifier, password } });
    return { id: confirmed.body.subjectId, token: session.body.accessToken };
  }

  /** The token of a service with every scope, which both nodes know. */
  async serviceToken(): Promise<string> {
    const body = { grant_type: 'client_credentials', client_id: client.id, client_secret: client.secret };
    return (await call(this.nodes[1], 'POST', 'oauth/token', { body })).body.access_token;
  }
}

export async function call(
  node: Node,
  method: string,
  path: string,
  { body, token }: { body?: unknown; token?: string } = {},
): Promise<Answer> {
  const answer = await fetch(`${node.url}/api/v1/${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
}

async function startNode(database: TestDatabase, folder: string): Promise<Node> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [main], {
    stdio: 'ignore',
    env: {
      ...process.env,
      NODE_ENV: 'development',
      LOG_LEVEL: 'silent',
      DATABASE_URL: database.appUrl,
      ABIDE_DATA_DIR: folder,
      PORT: String(port),
      ABIDE_PUBLIC_URL: 'http://127.0.0.1:9',
      ABIDE_BOOTSTRAP_OPERATOR: `${operator.email}:${operator.password}`,
      ABIDE_BOOTSTRAP_CLIENT: `${client.id}:${client.secret}`,
    },
  });
  for (const endsAt = Date.now() + 120_000; child.exitCode === null && Date.now() < endsAt; await sleep(100)) {
    if (
      await fetch(`${url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return { url, process: child };
  }
  child.kill('SIGKILL');
  throw new Error('An API process did not become ready');
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const socket = createServer().listen(0, '127.0.0.1', () => {
      const address = socket.address();
      socket.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
