import { newId } from '@abide/kernel';
import type { TestAnswer, TestApp } from '@abide/platform/testing';

export const subjectPassword = 'a-fine-password-9';

/** A client app in a test: what it may send, and the tokens of who is signed in. */
export class TestClientApp {
  accessToken = '';
  refreshToken = '';

  constructor(
    private readonly test: TestApp,
    readonly subjectId: string,
    readonly identifier: { type: string; value: string },
  ) {}

  async signIn(password = subjectPassword): Promise<TestAnswer> {
    const answer = await this.test.request({
      method: 'POST',
      path: 'sessions',
      body: { identifier: this.identifier, password },
    });
    this.keep(answer);
    return answer;
  }

  async refresh(refreshToken = this.refreshToken): Promise<TestAnswer> {
    const answer = await this.test.request({ method: 'POST', path: 'sessions/refresh', body: { refreshToken } });
    this.keep(answer);
    return answer;
  }

  send(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<TestAnswer> {
    return this.test.request({ method, path, body, token: this.accessToken });
  }

  private keep({ status, body }: TestAnswer): void {
    if (status !== 201) return;
    this.accessToken = body.accessToken;
    this.refreshToken = body.refreshToken;
  }
}

export function anEmail(): { type: string; value: string } {
  return { type: 'email', value: `person-${newId()}@example.com` };
}

/** A registration body that is accepted as it stands. */
export function aRegistration(changes: Record<string, unknown> = {}): {
  identifier: { type: string; value: string };
  [key: string]: unknown;
} {
  return {
    kind: 'person',
    identifier: anEmail(),
    password: subjectPassword,
    profile: { name: '林小禾' },
    acceptedRevisionIds: [],
    ...changes,
  };
}

/** The texts sent to an address, newest first. */
export async function messagesTo(test: TestApp, address: string): Promise<string[]> {
  const { body } = await test.request({ method: 'POST', path: 'dev/messages/query', body: { to: address } });
  return body.items.map(({ text }: { text: string }) => text);
}

/** The code of the newest message to an address. */
export async function codeTo(test: TestApp, address: string): Promise<string> {
  const [newest = ''] = await messagesTo(test, address);
  return /\d{6}/.exec(newest)?.[0] ?? 'none';
}

export function confirm(
  test: TestApp,
  verificationId: string,
  code: string,
  more: Record<string, unknown> = {},
): Promise<TestAnswer> {
  return test.request({ method: 'POST', path: `verifications/${verificationId}/confirm`, body: { code, ...more } });
}

/** Registers and confirms; the subject is not signed in yet. */
export async function aSubject(test: TestApp, changes: Record<string, unknown> = {}): Promise<TestClientApp> {
  const body = aRegistration(changes);
  const { body: started } = await test.request({ method: 'POST', path: 'subjects', body });
  const confirmed = await confirm(test, started.verification.id, await codeTo(test, body.identifier.value));
  return new TestClientApp(test, confirmed.body.subjectId, body.identifier);
}

/** The same, signed in. */
export async function aSignedInSubject(test: TestApp, changes: Record<string, unknown> = {}): Promise<TestClientApp> {
  const subject = await aSubject(test, changes);
  await subject.signIn();
  return subject;
}
