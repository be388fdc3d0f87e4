import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DemoClient } from './demo-client.js';
import { readDemoPeople, type DemoPerson } from './demo-content.js';

interface Circumstances {
  readonly password: string;
  /** The revisions in force that registration accepts. */
  readonly acceptable: readonly string[];
  readonly now: Date;
}

/** Registers the demo's people and its enterprise as a client app would, with the code that the development mailbox holds. */
export async function registerDemoPeople(app: NestFastifyApplication, circumstances: Circumstances): Promise<void> {
  const { persons, enterprises } = readDemoPeople();
  for (const person of persons) await register(app, personOf(person, circumstances), person.email);
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

function personOf({ name, email, age }: DemoPerson, { password, acceptable, now }: Circumstances): object {
  const birthDate = `${now.getUTCFullYear() - age - 1}-12-31`;
  return {
    kind: 'person',
    identifier: { type: 'email', value: email },
    password,
    profile: { name },
    birthDate,
    acceptedRevisionIds: acceptable,
  };
}

async function register(app: NestFastifyApplication, body: object, email: string): Promise<void> {
  const client = new DemoClient(app);
  const { verification } = (await client.call('POST', 'subjects', body)) as unknown as { verification: { id: string } };
  const { items } = (await client.call('POST', 'dev/messages/query', { to: email })) as unknown as {
    items: { text: string }[];
  };
  const code = /\b\d{6}\b/.exec(items[0]?.text ?? '')?.[0];
  await client.call('POST', `verifications/${verification.id}/confirm`, { code });
}
