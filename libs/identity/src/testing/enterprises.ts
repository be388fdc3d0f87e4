import type { TestApp } from '@abide/platform/testing';
import { anEmail, aSignedInSubject, codeTo, confirm, messagesTo, TestClientApp } from './people.js';

/** The id of the mandate that the newest notice to an address links to. */
export async function mandateOf(test: TestApp, address: string): Promise<string> {
  const notices = (await messagesTo(test, address)).flatMap((text) => /\/mandates\/([0-9a-f-]{36})/.exec(text) ?? []);
  return notices[1] ?? 'none';
}

/** Confirms what an address was last named for, by the code that goes there; resolves to the answer. */
export async function confirmMandate(test: TestApp, address: string, id?: string) {
  const path = `mandates/${id ?? (await mandateOf(test, address))}/code`;
  const { body } = await test.request({ method: 'POST', path });
  return confirm(test, body.verification.id, await codeTo(test, address));
}

/** Signs in, by a code, whoever has confirmed an address. */
export async function signedInByCode(test: TestApp, identifier: { type: string; value: string }) {
  await test.request({ method: 'POST', path: 'sessions', body: { identifier } });
  const code = await codeTo(test, identifier.value);
  const { body } = await test.request({ method: 'POST', path: 'sessions', body: { identifier, code } });
  const { body: me } = await test.request({ method: 'GET', path: 'me', token: body.accessToken });
  const { accessToken, refreshToken } = body as { accessToken: string; refreshToken: string };
  return Object.assign(new TestClientApp(test, me.id, identifier), { accessToken, refreshToken });
}

/** An enterprise that is signed in, and its contact person, who has confirmed it and is signed in as themselves. */
export async function anEnterprise(
  test: TestApp,
  changes: Record<string, unknown> = {},
): Promise<{ enterprise: TestClientApp; contact: TestClientApp }> {
  const address = anEmail();
  const enterprise = await aSignedInSubject(test, {
    kind: 'enterprise',
    profile: { name: '纸鹤文化（虚构）有限公司', contactPerson: { name: '周听澜', email: address.value } },
    ...changes,
  });
  await confirmMandate(test, address.value);
  return { enterprise, contact: await signedInByCode(test, address) };
}

/** A member of the enterprise, who has confirmed it and is signed in as themselves. */
export async function aMember(
  test: TestApp,
  { enterprise, contact }: { enterprise: TestClientApp; contact: TestClientApp },
  acts: readonly string[],
): Promise<TestClientApp> {
  const identifier = anEmail();
  const path = `me/enterprises/${enterprise.subjectId}/members`;
  await contact.send('POST', path, { name: '沈知微', identifier, acts, expiresInDays: 30 });
  await confirmMandate(test, identifier.value);
  return signedInByCode(test, identifier);
}
