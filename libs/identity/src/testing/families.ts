import type { TestAnswer, TestApp } from '@abide/platform/testing';
import { anEmail, aRegistration, aSignedInSubject, codeTo, confirm, TestClientApp } from './people.js';

/** The first of January of the year in which somebody turns `years`, as a birth date. */
export function bornYearsAgo(years: number, at = new Date()): string {
  return `${at.getUTCFullYear() - years}-01-01`;
}

type Identifier = TestClientApp['identifier'];

export interface TestFamily {
  readonly child: TestClientApp;
  readonly guardian: Identifier;
}

/** Somebody of age whose account says so, signed in. */
export function anAdult(test: TestApp, changes: Record<string, unknown> = {}): Promise<TestClientApp> {
  return aSignedInSubject(test, { birthDate: bornYearsAgo(40), ...changes });
}

/** A child of ten, signed in, who registered with a guardian known to be an adult. */
export async function aChild(
  test: TestApp,
  { guardian, ...more }: { guardian?: Identifier; birthDate?: string; acceptedRevisionIds?: readonly string[] } = {},
): Promise<TestFamily> {
  const { acceptedRevisionIds = [] } = more;
  const named = guardian ?? (await anAdult(test, { acceptedRevisionIds })).identifier;
  const { child } = await aChildNaming(test, named, more);
  await child.signIn();
  return { child, guardian: named };
}

/** A child of ten whose guardian confirmed with their code, whatever came of it; not signed in. */
export async function aChildNaming(
  test: TestApp,
  guardian: Identifier = anEmail(),
  { birthDate = bornYearsAgo(10), ...more }: { birthDate?: string; acceptedRevisionIds?: readonly string[] } = {},
): Promise<TestFamily & { confirmed: TestAnswer }> {
  const body = aRegistration({ ...more, birthDate, guardian: { name: '林大禾', identifier: guardian } });
  const { body: started } = await test.request({ method: 'POST', path: 'subjects', body });
  const { body: held } = await confirm(test, started.verification.id, await codeTo(test, body.identifier.value));
  const confirmed = await confirm(test, held.guardianVerification.id, await codeTo(test, guardian.value));
  return { child: new TestClientApp(test, held.subjectId, body.identifier), guardian, confirmed };
}
