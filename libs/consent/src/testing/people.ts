import { aSignedInSubject, type TestClientApp } from '@abide/identity/testing';
import type { TestAnswer, TestApp } from '@abide/platform/testing';

/** A person at their app, who accepted what registration asks for. */
export class TestSubject {
  private constructor(
    private readonly test: TestApp,
    readonly app: TestClientApp,
  ) {}

  static async register(
    test: TestApp,
    acceptedRevisionIds: readonly string[],
    changes: Record<string, unknown> = {},
  ): Promise<TestSubject> {
    return new TestSubject(test, await aSignedInSubject(test, { acceptedRevisionIds, ...changes }));
  }

  get id(): string {
    return this.app.subjectId;
  }

  get token(): string {
    return this.app.accessToken;
  }

  grant(purpose: string, more: Record<string, unknown> = {}): Promise<TestAnswer> {
    return this.app.send('PUT', `me/consents/${purpose}`, { state: 'granted', ...more });
  }

  withdraw(purpose: string, more: Record<string, unknown> = {}): Promise<TestAnswer> {
    return this.app.send('PUT', `me/consents/${purpose}`, { state: 'withdrawn', ...more });
  }

  /** Where they stand with a purpose, as their app is told. */
  async preference(purpose: string): Promise<any> {
    const { body } = await this.app.send('GET', 'me/consents');
    return body.items.find((item: { purpose: string }) => item.purpose === purpose);
  }

  /** What a service is told about one category. */
  async decision(token: string, question: Record<string, unknown>, headers: Record<string, string> = {}): Promise<any> {
    const answer = await this.test.request({
      method: 'POST',
      path: 'decisions',
      token,
      headers,
      body: { subjectId: this.id, ...question },
    });
    if (answer.status !== 200) throw new Error(`The question was refused: ${answer.text}`);
    return answer.body;
  }
}
