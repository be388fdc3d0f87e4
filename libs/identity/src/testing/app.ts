import { AuditModule } from '@abide/audit';
import { auditPersistence } from '@abide/audit/persistence';
import { newId } from '@abide/kernel';
import { joinPersistence } from '@abide/platform';
import { platformPersistence } from '@abide/platform/persistence';
import { createTestApp, type TestAnswer, type TestApp, type TestRequest } from '@abide/platform/testing';
import { VaultModule } from '@abide/vault';
import { vaultPersistence } from '@abide/vault/persistence';
import { IdentityModule } from '../identity.module.js';
import { Operators } from '../operators/operators.service.js';
import type { Role } from '../operators/roles.js';
import { identityPersistence } from '../persistence.js';

export const goodPassword = 'correct horse battery staple';

/** A signed-in console for tests: keeps its cookie and CSRF token as a browser would. */
export class TestConsole {
  cookie = '';
  csrfToken = '';

  constructor(
    private readonly test: TestApp,
    readonly operatorId: string,
    readonly email: string,
  ) {}

  async signIn(password = goodPassword, code?: string): Promise<TestAnswer> {
    const answer = await this.test.request({
      method: 'POST',
      path: 'operator/sessions',
      body: { email: this.email, password, ...(code ? { code } : {}) },
    });
    this.keep(answer);
    return answer;
  }

  async request({ headers = {}, ...options }: TestRequest): Promise<TestAnswer> {
    return this.test.request({
      ...options,
      headers: { cookie: this.cookie, 'x-abide-csrf': this.csrfToken, ...headers },
    });
  }

  get(path: string): Promise<TestAnswer> {
    return this.request({ method: 'GET', path });
  }

  post(path: string, body: unknown): Promise<TestAnswer> {
    return this.request({ method: 'POST', path, body });
  }

  async stepUp(password = goodPassword): Promise<TestAnswer> {
    const answer = await this.post('operator/sessions/step-up', { password });
    this.keep(answer);
    return answer;
  }

  private keep({ headers, body }: TestAnswer): void {
    const [pair = ''] = String(headers['set-cookie'] ?? '').split(';');
    if (pair) this.cookie = pair;
    if (typeof body?.csrfToken === 'string') this.csrfToken = body.csrfToken;
  }
}

/** Identity and what it stands on, for the tests of modules above that may not import all of it. */
export const identityStack = {
  modules: [VaultModule, AuditModule, IdentityModule],
  persistence: joinPersistence(platformPersistence, vaultPersistence, auditPersistence, identityPersistence),
};

/** Platform, vault, audit and identity on a database of their own. */
export function createIdentityApp(env: Record<string, string> = {}): Promise<TestApp> {
  return createTestApp(identityStack.modules, identityStack.persistence, env);
}

/** A new operator with these roles and a console that is not signed in yet. */
export async function anOperator(test: TestApp, ...roles: Role[]): Promise<TestConsole> {
  const email = `operator-${newId()}@abide.example`;
  const operator = await test.get(Operators).create({ email, name: 'Fang Yuan', password: goodPassword, roles });
  return new TestConsole(test, operator.id, email);
}

/** The same, signed in. */
export async function aSignedInOperator(test: TestApp, ...roles: Role[]): Promise<TestConsole> {
  const console = await anOperator(test, ...roles);
  await console.signIn();
  return console;
}

/** Moves the clock that every rule uses; an ISO 8601 duration. */
export async function advance(test: TestApp, duration: string): Promise<void> {
  await test.request({ method: 'POST', path: 'dev/clock', body: { advance: duration } });
}

export async function resetClock(test: TestApp): Promise<void> {
  await test.request({ method: 'POST', path: 'dev/clock', body: { reset: true } });
}

/** What was sent to an address, oldest first. */
export async function mailTo(test: TestApp, to: string): Promise<{ text: string }[]> {
  const items: { text: string; sentAt: string }[] = (
    await test.request({ method: 'POST', path: 'dev/messages/query', body: { to } })
  ).body.items;
  return items.toSorted((a, b) => a.sentAt.localeCompare(b.sentAt));
}

/** The token of the newest one-time link that an operator was sent. */
export async function linkTokenOf(test: TestApp, email: string): Promise<string> {
  const tokens = (await mailTo(test, email)).flatMap(({ text }) =>
    [...text.matchAll(/\/console\/password#([\w-]+)/g)].map(([, token]) => token ?? ''),
  );
  return tokens.at(-1) ?? '';
}

/** Takes an invitation by its link; resolves to the status. */
export async function accept(test: TestApp, email: string, password = goodPassword): Promise<number> {
  const token = await linkTokenOf(test, email);
  return (await test.request({ method: 'POST', path: 'operator/password-links/use', body: { token, password } }))
    .status;
}
