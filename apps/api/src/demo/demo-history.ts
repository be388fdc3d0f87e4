import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DemoClient } from './demo-client.js';
import { guardianOf, readDemoPeople, type DemoPerson } from './demo-content.js';
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
 * what it observed; a guardian asks about a child; the devices are heard of. Ends in the present.
 */
export async function liveThroughHistory(app: NestFastifyApplication, cast: Cast, present: Date): Promise<void> {
  for (const [turn, days] of saysDaysBack.entries())
    await liveThroughDay(app, cast, { turn, now: before(present, days * day) });
  await askForChildren(app, cast.password);
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

/** The token of the person of whom something was said, by a guardian where they are too young to; null where nothing was. */
async function say(
  app: NestFastifyApplication,
  person: DemoPerson,
  { turn, password, occurredAt }: { turn: number; password: string; occurredAt: Date },
): Promise<string | null> {
  const consent = person.consents[turn];
  if (!consent) return null;
  const client = new DemoClient(app);
  const token = await client.signInPerson(person.email, password);
  if (turn === 0 && person.positioning) await client.call('PUT', 'me/positioning', { on: true });
  const { client: decider, path } = (await guardianFor(app, person, password)) ?? { client, path: 'me' };
  const { purpose, ...said } = consent;
  await decider.call('PUT', `${path}/consents/${purpose}`, { ...said, occurredAt: occurredAt.toISOString() });
  return token;
}

/** The request that a guardian proves, for each child that one asks for: it waits for an operator. */
async function askForChildren(app: NestFastifyApplication, password: string): Promise<void> {
  for (const person of readDemoPeople().persons) {
    const asking = person.guardianAsks && (await guardianFor(app, person, password));
    if (!asking) continue;
    const { client, path, email } = asking;
    const { id } = await client.call('POST', `${path}/requests`, person.guardianAsks);
    await client.call('POST', `${path}/requests/${id}/verification`, { code: await client.codeTo(email) });
  }
}

/** Who decides for a child, signed in, and where what they decide stands; null for whoever decides alone. */
async function guardianFor(
  app: NestFastifyApplication,
  child: DemoPerson,
  password: string,
): Promise<{ client: DemoClient; path: string; email: string } | null> {
  const guardian = guardianOf(child);
  if (!guardian) return null;
  const client = new DemoClient(app);
  await client.signInPerson(child.email, password);
  const { id } = await client.call('GET', 'me');
  await client.signInPerson(guardian.email, password);
  return { client, path: `me/wards/${id}`, email: guardian.email };
}

async function setClock(app: NestFastifyApplication, at: Date): Promise<void> {
  await new DemoClient(app).call('POST', 'dev/clock', { at: at.toISOString() });
}

function before(moment: Date, milliseconds: number): Date {
  return new Date(moment.getTime() - milliseconds);
}
