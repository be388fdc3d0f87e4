import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DemoClient } from './demo-client.js';
import { readDemoPeople, type DemoPerson } from './demo-content.js';

const day = 86_400_000;
const hour = 3_600_000;
/** How long before the present the demo begins, and when each person says the next thing about their consents, in days. */
const beginsDaysBack = 14;
const saysDaysBack = [11, 8, 4, 1];

/** Moves the clock of development back, so that what is loaded has a past. */
export async function beginInThePast(app: NestFastifyApplication, present: Date): Promise<void> {
  await new DemoClient(app).call('POST', 'dev/clock', { at: daysBefore(present, beginsDaysBack).toISOString() });
}

/** Lets the days pass: each person grants and withdraws, one thing at a time, from an app that sends it an hour later. Ends in the present. */
export async function liveThroughHistory(app: NestFastifyApplication, password: string, present: Date): Promise<void> {
  const { persons } = readDemoPeople();
  for (const [turn, days] of saysDaysBack.entries()) {
    const at = daysBefore(present, days);
    await new DemoClient(app).call('POST', 'dev/clock', { at: at.toISOString() });
    for (const person of persons) await say(app, person, { turn, password, occurredAt: new Date(at.getTime() - hour) });
  }
  await new DemoClient(app).call('POST', 'dev/clock', { reset: true });
}

async function say(app: NestFastifyApplication, { email, positioning, consents }: DemoPerson, { turn, password, occurredAt }: { turn: number; password: string; occurredAt: Date }): Promise<void> {
  const consent = consents[turn];
  if (!consent) return;
  const client = new DemoClient(app);
  const { accessToken = '' } = await client.call('POST', 'sessions', { identifier: { type: 'email', value: email }, password });
  client.actAs(accessToken);
  if (turn === 0 && positioning) await client.call('PUT', 'me/positioning', { on: true });
  const { purpose, ...said } = consent;
  await client.call('PUT', `me/consents/${purpose}`, { ...said, occurredAt: occurredAt.toISOString() });
}

function daysBefore(present: Date, days: number): Date {
  return new Date(present.getTime() - days * day);
}
