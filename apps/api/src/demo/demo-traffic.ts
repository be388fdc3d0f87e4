import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DemoClient } from './demo-client.js';
import { readDemoTraffic, type DemoEvent, type DemoStation } from './demo-content.js';
import type { DemoDevice } from './demo-devices.js';
import type { Demo } from './demo.js';

const minute = 60_000;
const service = 'ticketing';

/** Sends what the demo's apps observe, through the API and the gate like everything: what the gate refuses is part of the demo. */
export class DemoTraffic {
  private readonly content = readDemoTraffic();
  private credentials = { client_id: '', client_secret: '' };

  constructor(
    private readonly app: NestFastifyApplication,
    private readonly devices: readonly DemoDevice[],
  ) {}

  /** Registers the back end that sends for the devices. */
  async registerService({ operators, password }: Demo): Promise<void> {
    const email = operators.find(({ role }) => role === 'administrator')?.email ?? '';
    const administrator = await new DemoClient(this.app).signInOperator(email, password);
    const { id = '', secret = '' } = await administrator.call('POST', 'operator/clients', this.content.service);
    this.credentials = { client_id: id, client_secret: secret };
  }

  /** What the back end records of the devices; not every device is there every time. The last of them sends its own with its own token. */
  async ofDevices(now: Date, turn: number): Promise<void> {
    const there = this.devices.filter((_, index) => (index + turn) % 3 !== 0);
    const own = there.at(-1);
    const events = there
      .filter((device) => device !== own)
      .flatMap(({ subjectId }, index) => this.events('ofDevices', subjectId, at(now, index)));
    await send(await this.backEnd(), 'telemetry', { events });
    if (own)
      await send(new DemoClient(this.app).actAs(own.token), 'telemetry', {
        events: this.events('ofDevices', own.subjectId, at(now, 1)),
      });
  }

  /** The devices that come by the stations, station after station, an hour apart. */
  async ofStations(now: Date): Promise<void> {
    const fixes = this.content.stations.flatMap((station, hour) =>
      this.devices
        .slice(0, station.visitors)
        .map(({ subjectId }, index) => fixOf(subjectId, station, at(now, 60 * (hour + 1) + index))),
    );
    await send(await this.backEnd(), 'location', { fixes });
  }

  /** What the app of a person records and where it was, sent with their own token. */
  async ofPerson(token: string, now: Date): Promise<void> {
    const client = new DemoClient(this.app).actAs(token);
    const { id: subjectId = '' } = await client.call('GET', 'me');
    await send(client, 'telemetry', { events: this.events('ofPeople', subjectId, at(now, 3)) });
    await send(client, 'location', {
      fixes: this.content.stations.slice(0, 1).map((station) => fixOf(subjectId, station, at(now, 2))),
    });
  }

  private events(whose: 'ofDevices' | 'ofPeople', subjectId: string, occurredAt: string): object[] {
    return this.content.events[whose].map((event) => eventOf(event, subjectId, occurredAt));
  }

  /** With a new token each time: the last one is as old as the clock was moved. */
  private async backEnd(): Promise<DemoClient> {
    const { access_token = '' } = await new DemoClient(this.app).call('POST', 'oauth/token', {
      grant_type: 'client_credentials',
      ...this.credentials,
    });
    return new DemoClient(this.app).actAs(access_token);
  }
}

/** What the gate refuses belongs to the demo. @throws Error where something cannot be read, which does not. */
async function send(client: DemoClient, what: 'telemetry' | 'location', items: object): Promise<void> {
  const { refused } = (await client.call('POST', `${what}/batches`, {
    batchId: randomUUID(),
    ...items,
  })) as unknown as { refused: { code: string }[] };
  const unreadable = refused.find(({ code }) => code.startsWith('event.') || code.startsWith('fix.'));
  if (unreadable) throw new Error(`The demo's ${what} cannot be read: ${unreadable.code}`);
}

function eventOf({ category, attributes, personal }: DemoEvent, subjectId: string, occurredAt: string): object {
  return {
    eventId: randomUUID(),
    subjectId,
    category,
    occurredAt,
    service,
    means: 'app',
    attributes,
    ...(personal && { personal }),
  };
}

function fixOf(subjectId: string, { latitude, longitude }: DemoStation, occurredAt: string): object {
  return {
    fixId: randomUUID(),
    subjectId,
    occurredAt,
    latitude,
    longitude,
    accuracyMetres: 12,
    source: 'gps',
    service,
  };
}

function at(now: Date, minutesAgo: number): string {
  return new Date(now.getTime() - minutesAgo * minute).toISOString();
}
