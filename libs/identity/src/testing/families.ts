import type { TestApp } from '@abide/platform/testing';
import { anEmail, aRegistration, codeTo, confirm, TestClientApp } from './people.js';

/** The first of January of the year in which somebody turns `years`, as a birth date. */
export function bornYearsAgo(years: number, at = new Date()): string {
  return `${at.getUTCFullYear() - years}-01-01`;
}

export interface TestFamily {
  readonly child: TestClientApp;
  readonly guardian: { readonly type: string; readonly value: string };
}

/** A child of ten, signed in, who registered with a guardian; unless given, the guardian has no account. */
export async function aChild(test: TestApp, { guardian = anEmail(), birthDate = bornYearsAgo(10), ...more }: { guardian?: TestFamily['guardian']; birthDate?: string; acceptedRevisionIds?: readonly string[] } = {}): Promise<TestFamily> {
  const body = aRegistration({ ...more, birthDate, guardian: { name: '林大禾', identifier: guardian } });
  const { body: started } = await test.request({ method: 'POST', path: 'subjects', body });
  const { body: held } = await confirm(test, started.verification.id, await codeTo(test, body.identifier.value));
  const { body: admitted } = await confirm(test, held.guardianVerification.id, await codeTo(test, guardian.value));
  const child = new TestClientApp(test, admitted.subjectId, body.identifier);
  await child.signIn();
  return { child, guardian };
}
