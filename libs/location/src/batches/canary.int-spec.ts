import { jest } from '@jest/globals';
import { aServiceToken, PolicyStaff } from '@abide/consent/testing';
import { newId } from '@abide/kernel';
import { PinoLogger } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { latLngToCell } from 'h3-js';
import { Client } from 'pg';
import { aFix, allowExactly, aTraveller, createLocationApp, locationPolicy, send } from '../testing/app.js';

const canary = { latitude: 30.2489137, longitude: 120.2052379 };
const traces = [
  ...Object.values(canary).map(String),
  ...Object.values(canary).map((value) => Buffer.from(String(value)).toString('hex')),
  latLngToCell(canary.latitude, canary.longitude, 7),
];

describe('where somebody was', () => {
  let test: TestApp;
  let owner: Client;

  beforeAll(async () => {
    test = await createLocationApp({ ABIDE_ROLE: 'web' });
    owner = new Client({ connectionString: test.databaseUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await test.close();
  });

  it('stands in no table and no line of the log, whether it is stored, refused, sent again, read or fails', async () => {
    const levels = (['log', 'error', 'warn', 'debug', 'verbose'] as const).map((level) =>
      jest.spyOn(PinoLogger.prototype, level),
    );
    const revisionId = await (await PolicyStaff.open(test)).inForce(locationPolicy);
    const service = await aServiceToken(test);
    const person = await aTraveller(test, revisionId);
    await allowExactly(person);
    const batchId = newId();
    const fixes = [
      aFix(person.id, canary),
      aFix(newId(), canary),
      aFix(person.id, { ...canary, accuracyMetres: 0 }),
      aFix(person.id, { ...canary, colour: 'red' }),
      aFix(person.id, { ...canary, source: 'wifi' }),
    ];
    expect((await send(test, service, fixes, batchId)).body.accepted).toBe(2);
    await send(test, service, fixes, batchId);
    const period = { from: '2020-01-01T00:00:00Z', to: '2999-01-01T00:00:00Z' };
    const read = await test.request({
      method: 'POST',
      path: 'location/trails/query',
      token: service,
      headers: { 'idempotency-key': 'canary' },
      body: { subjectId: person.id, purpose: 'service.provision', ...period },
    });
    expect(read.text).toContain(String(canary.latitude));
    await owner.query('REVOKE INSERT ON location.fixes FROM abide_app');
    const failed = await send(test, service, [aFix(person.id, canary)]);
    expect(failed.status).toBe(500);
    const written = JSON.stringify(levels.flatMap((level) => level.mock.calls));
    expect(written).toContain('42501');
    const everything = `${await dump()} ${written} ${failed.text}`;
    expect(traces.filter((trace) => everything.includes(trace))).toEqual([]);
    levels.forEach((level) => level.mockRestore());
  });

  /** Every row of every table of the product. */
  async function dump(): Promise<string> {
    const { rows: tables } = await owner.query(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const parts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await owner.query(`SELECT to_jsonb(held)::text AS held FROM ${name} held`);
      parts.push(`${name} ${rows.map(({ held }) => held).join()}`);
    }
    const whole = parts.join('\n');
    if (!whole.includes('location.fixes_')) throw new Error('The positions were not looked at');
    return whole;
  }
});
