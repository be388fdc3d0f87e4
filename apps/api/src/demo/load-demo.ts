import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Operators } from '@abide/identity';
import { Clock } from '@abide/kernel';
import { Config } from '@abide/platform';
import { publishDemoPolicies, registerDemoFacts, scheduleNextRevision } from './demo-policies.js';
import { beginInThePast, liveThroughHistory, waitForRegistration } from './demo-history.js';
import { readDemoPeople } from './demo-content.js';
import { registerDemoDevices } from './demo-devices.js';
import { DemoTraffic } from './demo-traffic.js';
import { registerDemoPeople } from './demo-people.js';
import type { Demo } from './demo.js';

/** The demo of a data folder, or null; `loading` means that a load was cut off half-way. */
export function readDemo(folder: string): Demo | null {
  const file = demoFile(folder);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Demo) : null;
}

/** Writes that a load begins, so that one that is cut off can be told and begun anew. */
function keep(folder: string, demo: Demo): void {
  writeFileSync(demoFile(folder), JSON.stringify(demo, null, 2), { mode: 0o600 });
}

const demoFile = (folder: string): string => join(folder, 'demo.json');

/**
 * Loads the demo through the product's own API into an empty database: registries, policies approved by two operators,
 * people and devices who accepted them two weeks ago, have consented since and are heard of, and a next revision that is
 * scheduled. Does nothing where it is loaded or operators exist.
 */
export async function loadDemo(app: NestFastifyApplication): Promise<Demo | null> {
  const folder = app.get(Config).get('ABIDE_DATA_DIR');
  const known = readDemo(folder);
  if (known?.state === 'loaded') return known;
  const operators = app.get(Operators, { strict: false });
  if (await operators.hasAny()) return null;

  const { operators: staff, persons, enterprises } = readDemoPeople();
  const password = `demo-${randomBytes(9).toString('base64url')}`;
  const demo: Demo = {
    state: 'loading',
    password,
    operators: staff.map(({ role, email }) => ({ role, email })),
    people: [...persons, ...enterprises].map(({ name, email }) => ({ name, identifier: email })),
  };
  keep(folder, demo);
  for (const { name, email, role } of staff) await operators.create({ name, email, password, roles: [role] });
  const clock = app.get(Clock, { strict: false });
  const present = clock.now();
  await beginInThePast(app, present);
  await registerDemoFacts(app, demo, clock.now());
  const acceptable = await publishDemoPolicies(app, demo, clock.now());
  await waitForRegistration(app, present);
  await registerDemoPeople(app, { password, acceptable, now: clock.now() });
  const devices = await registerDemoDevices(app, acceptable);
  const traffic = new DemoTraffic(app, devices);
  await traffic.registerService(demo);
  await liveThroughHistory(app, { password, devices, traffic }, present);
  await scheduleNextRevision(app, demo, clock.now());
  keep(folder, { ...demo, state: 'loaded' });
  return { ...demo, state: 'loaded' };
}
