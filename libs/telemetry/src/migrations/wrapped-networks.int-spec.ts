import { newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { Client } from 'pg';
import { createTelemetryApp } from '../testing/app.js';
import { WrappedNetworks1764000719001 } from './1764000719001-wrapped-networks.js';

describe('networks that were kept before an upgrade', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTelemetryApp({ ABIDE_ROLE: 'web' });
  });
  afterAll(() => test.close());

  it('lose the rest of an address of IPv4 that 6to4 carries, and others stay', async () => {
    const networks = ['2002:cb00:714d::/48', '2002:1:2::/48', '203.0.113.0/24', '2001:db8:1::/48'];
    for (const network of networks) {
      await test.get(Database).execute(
        `INSERT INTO telemetry.events (subject_id, event_id, due_month, category, service, occurred_at, received_at, is_sensitive, attributes, lineage)
         VALUES ($1, $1, '9999-01-01', 'log.network', 'ticketing', now(), now(), false, $2, '[]')`,
        [newId(), JSON.stringify({ network, networkType: 'wifi' })],
      );
    }
    const owner = new Client({ connectionString: test.databaseUrl });
    await owner.connect();
    await new WrappedNetworks1764000719001().up(owner as never);
    const { rows } = await owner.query(`SELECT attributes FROM telemetry.events ORDER BY event_id`);
    await owner.end();
    expect(rows.map(({ attributes }) => attributes)).toEqual(
      ['203.0.113.0/24', '0.1.0.0/24', '203.0.113.0/24', '2001:db8:1::/48'].map((network) => ({
        network,
        networkType: 'wifi',
      })),
    );
  });
});
