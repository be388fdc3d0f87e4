import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DemoClient } from './demo-client.js';
import { readDemoPeople, type DemoPerson } from './demo-content.js';
import { withdrawOnDemoDevices, type DemoDevice } from './demo-devices.js';
import type { DemoTraffic } from './demo-traffic.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** How long before the present the policies are published, people register, and each says the next thing about their consents, in days. */
const publishedDaysBack = 23;
const registerDaysBack = 14;
const saysDaysBack = [11, 8, 4, 1];
/** On which of those turns the positions of devices are sent, and from which on some devices have withdrawn. */
const turnsOfPositions = [2, 3];
const turnOfWithdrawals = 2;
/** When the devices are last heard of, in minutes before the present. */
const heardMinutesBack = [50, 25, 5];

export interface Cast {
  readonly password: string;
  readonly devices: readonly DemoDevice[];
  readonly traffic: DemoTraffic;
}

/** Moves the clock of development back to where the policies are published, so that what is loaded has a past. */
export async function beginInThePast(app: NestFastifyApplication, present: Date): Promise<void> {
  await setClock(app, before(present, publishedDaysBack * day));
}

/** Lets the notice of what was scheduled run; whoever registers from now on finds it in force. */
export async function waitForRegistration(app: NestFastifyApplication, present: Date): Promise<void> {
  await setClock(app, before(present, registerDaysBack * day));
}

/**
 * Lets the days pass: each person grants and withdraws, one thing at a time, from an app that sends it an hour later, and then
 * what it observed; the devices are heard of. Ends in the present.
 */
export async function liveThroughHistory(app: NestFastifyApplication, cast: Cast, present: Date): Promise<void> {
  for (const [turn, days] of saysDaysBack.entries())
    await liveThroughDay(app, cast, { turn, now: before(present, days * day) });
  for (const [turn, minutes] of heardMinutesBack.entries()) {
    const now = before(present, minutes * minute);
    await setClock(app, now);
    await cast.traffic.ofDevices(now, turn);
  }
  await new DemoClient(app).call('POST', 'dev/clock', { reset: true });
}

async function liveThroughDay(
  app: NestFastifyApplication,
  { password, devices, traffic }: Cast,
  { turn, now }: { turn: number; now: Date },
): Promise<void> {
  await setClock(app, now);
  if (turn === turnOfWithdrawals) await withdrawOnDemoDevices(app, devices);
  for (const person of readDemoPeople().persons) {
    const token = await say(app, person, { turn, password, occurredAt: before(now, hour) });
    if (token) await traffic.ofPerson(token, now);
  }
  await traffic.ofDevices(now, turn);
  if (turnsOfPositions.includes(turn)) await traffic.ofStations(now);
}

/** The token with which the person said something; null where they had nothing to say. */
async function say(
  app: NestFastifyApplication,
  { email, positioning, consents }: DemoPerson,
  { turn, password, occurredAt }: { turn: number; password: string; occurredAt: Date },
): Promise<string | null> {
  const consent = consents[turn];
  if (!consent) return null;
  const client = new DemoClient(app);
  const { accessToken = '' } = await client.call('POST', 'sessions', {
    identifier: { type: 'email', value: email },
    password,
  });
  client.actAs(accessToken);
  if (turn === 0 && positioning) await client.call('PUT', 'me/positioning', { on: true });
  const { purpose, ...said } = consent;
  await client.call('PUT', `me/consents/${purpose}`, { ...said, occurredAt: occurredAt.toISOString() });
  return accessToken;
}

async function setClock(app: NestFastifyApplication, at: Date): Promise<void> {
  await new DemoClient(app).call('POST', 'dev/clock', { at: at.toISOString() });
}

function before(moment: Date, milliseconds: number): Date {
  return new Date(moment.getTime() - milliseconds);
}
