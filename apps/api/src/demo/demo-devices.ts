import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DemoClient } from './demo-client.js';
import { readDemoTraffic } from './demo-content.js';

/** A device that nobody signed in on. */
export interface DemoDevice {
  readonly subjectId: string;
  readonly token: string;
}

const improvement = 'me/consents/product.improvement';

/** Makes subjects of the demo's devices: each lets ticketing know where it is, some let it be improved by what they record. */
export function registerDemoDevices(app: NestFastifyApplication, acceptable: readonly string[]): Promise<DemoDevice[]> {
  const { count, improving } = readDemoTraffic().devices;
  return Promise.all(
    Array.from({ length: count }, (_, index) => register(app, acceptable, { isImproving: index < improving })),
  );
}

/** The first of those that let ticketing be improved take it back. */
export async function withdrawOnDemoDevices(
  app: NestFastifyApplication,
  devices: readonly DemoDevice[],
): Promise<void> {
  const { withdrawing } = readDemoTraffic().devices;
  for (const { token } of devices.slice(0, withdrawing))
    await new DemoClient(app).actAs(token).call('PUT', improvement, { state: 'withdrawn' });
}

async function register(
  app: NestFastifyApplication,
  acceptable: readonly string[],
  { isImproving }: { isImproving: boolean },
): Promise<DemoDevice> {
  const client = new DemoClient(app);
  const { subjectId = '', token = '' } = await client.call('POST', 'devices', { acceptedRevisionIds: acceptable });
  client.actAs(token);
  await client.call('PUT', 'me/positioning', { on: true });
  await client.call('PUT', 'me/consents/service.provision', {
    state: 'granted',
    categories: ['location.gps'],
    service: 'ticketing',
  });
  if (isImproving) await client.call('PUT', improvement, { state: 'granted' });
  return { subjectId, token };
}
