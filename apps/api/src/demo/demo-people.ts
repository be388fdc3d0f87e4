import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DemoClient } from './demo-client.js';
import { guardianOf, readDemoPeople, type DemoPerson } from './demo-content.js';

interface Circumstances {
  readonly password: string;
  /** The revisions in force that registration accepts. */
  readonly acceptable: readonly string[];
  readonly now: Date;
}

/** Registers the demo's people and its enterprise as a client app would, with the codes that the development mailbox holds. */
export async function registerDemoPeople(app: NestFastifyApplication, circumstances: Circumstances): Promise<void> {
  const { persons, enterprises } = readDemoPeople();
  for (const person of persons)
    await register(app, personOf(person, circumstances), person.email, guardianOf(person)?.email);
  for (const { name, email, contactPerson, contactMethod } of enterprises) {
    const body = {
      kind: 'enterprise',
      identifier: { type: 'email', value: email },
      password: circumstances.password,
      profile: { name, contactPerson, contactMethod },
      acceptedRevisionIds: circumstances.acceptable,
    };
    await register(app, body, email);
  }
}

function personOf(person: DemoPerson, { password, acceptable, now }: Circumstances): object {
  const { name, email, age } = person;
  const birthDate = `${now.getUTCFullYear() - age - 1}-12-31`;
  const guardian = guardianOf(person);
  return {
    kind: 'person',
    identifier: { type: 'email', value: email },
    password,
    profile: { name },
    birthDate,
    acceptedRevisionIds: acceptable,
    ...(guardian && { guardian: { name: guardian.name, identifier: { type: 'email', value: guardian.email } } }),
  };
}

interface Started {
  readonly verification: { readonly id: string };
}

interface Confirmed {
  readonly guardianVerification?: { readonly id: string } | null;
}

/** Confirms it with the code to the address, and where a guardian has to, with theirs. */
async function register(app: NestFastifyApplication, body: object, email: string, guardian = ''): Promise<void> {
  const client = new DemoClient(app);
  const confirm = async (id: string, to: string) =>
    (await client.call('POST', `verifications/${id}/confirm`, {
      code: await client.codeTo(to),
    })) as unknown as Confirmed;
  const { verification } = (await client.call('POST', 'subjects', body)) as unknown as Started;
  const { guardianVerification } = await confirm(verification.id, email);
  if (guardianVerification) await confirm(guardianVerification.id, guardian);
}
