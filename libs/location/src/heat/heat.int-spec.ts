import {
  aServiceToken,
  aSignedInOperator,
  DecisionCounts,
  PolicyStaff,
  type TestConsole,
} from '@abide/consent/testing';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { cellToBoundary, latLngToCell } from 'h3-js';
import { aFix, createLocationApp, locationPolicy, send } from '../testing/app.js';

const hangzhou = { latitude: 30.25, longitude: 120.2 };
const shanghai = { latitude: 31.2, longitude: 121.5 };
const beijing = { latitude: 39.9, longitude: 116.4 };

interface Device {
  readonly subjectId: string;
  readonly token: string;
}

describe('the heat map of operators', () => {
  let test: TestApp;
  let console: TestConsole;
  let revisionId: string;
  let devices: Device[];

  beforeAll(async () => {
    test = await createLocationApp({ ABIDE_ROLE: 'web' });
    revisionId = await (await PolicyStaff.open(test)).inForce(locationPolicy);
    console = await aSignedInOperator(test, 'auditor');
    devices = [];
    for (let index = 0; index < 25; index += 1) devices.push(await aDevice());
    await wasAt(devices.slice(0, 20), hangzhou, 'wifi');
    await wasAt(devices.slice(0, 19), shanghai, 'wifi');
    await wasAt(devices, beijing, 'gps');
  }, 120_000);
  afterAll(() => test.close());

  const heat = (query: string) => console.get(`operator/location/heat?${query}`);

  it('shows how many different subjects were in a cell with its corners, and nothing of a cell with one too few', async () => {
    const { status, body } = await heat('purpose=security.fraud&resolution=4');
    const cell = latLngToCell(hangzhou.latitude, hangzhou.longitude, 4);
    expect(status).toBe(200);
    expect(body).toEqual({
      purpose: 'security.fraud',
      from: expect.any(String),
      to: expect.any(String),
      resolution: 4,
      minimumGroup: 20,
      suppressedCells: true,
      cells: [{ cell, subjects: 20, boundary: cellToBoundary(cell) }],
    });
    expect(JSON.stringify(body)).not.toContain(latLngToCell(shanghai.latitude, shanghai.longitude, 4));
  });

  it('does not draw more finely than a clause lets the place be seen', async () => {
    expect((await heat('purpose=security.fraud&resolution=5')).body).toMatchObject({
      cells: [],
      suppressedCells: false,
    });
  });

  it('holds what is kept for the purpose alone, and drops at once whoever withdraws, before anything is cleaned up', async () => {
    const cell = latLngToCell(beijing.latitude, beijing.longitude, 5);
    expect((await heat('purpose=personalisation')).body.cells).toEqual([
      expect.objectContaining({ cell, subjects: 25 }),
    ]);
    for (const device of devices.slice(0, 20)) await choose(device, 'granted', 'service.provision');
    expect((await heat('purpose=service.provision')).body).toMatchObject({ cells: [], suppressedCells: false });
    await choose(devices[24]!, 'withdrawn');
    expect((await heat('purpose=personalisation')).body.cells).toEqual([
      expect.objectContaining({ cell, subjects: 24 }),
    ]);
    for (const device of devices.slice(19, 24)) await choose(device, 'withdrawn');
    expect((await heat('purpose=personalisation')).body).toMatchObject({ cells: [], suppressedCells: true });
  });

  it('is of whole weeks of the law’s zone, so that whoever was there on one day more does not come out as the difference between two periods', async () => {
    const { body } = await heat(
      'purpose=security.fraud&resolution=4&from=2026-01-07T10:15:00Z&to=2026-01-11T16:00:00Z',
    );
    expect(body).toMatchObject({
      from: '2026-01-04T16:00:00.000Z',
      to: '2026-01-11T16:00:00.000Z',
      cells: [],
      suppressedCells: false,
    });
    expect((await heat('purpose=security.fraud&from=2026-01-05T00:00:00Z&to=2026-01-11T16:00:01Z')).body.to).toBe(
      '2026-01-18T16:00:00.000Z',
    );
  });

  it('counts each week by itself: one who came in another week alone adds nothing to a longer period', async () => {
    const db = test.get(Database);
    const place = latLngToCell(shanghai.latitude, shanghai.longitude, 4);
    await db.execute(
      `UPDATE location.fixes SET occurred_at = occurred_at - interval '21 days' WHERE coarse_cell = $1`,
      [latLngToCell(beijing.latitude, beijing.longitude, 5)],
    );
    await wasAt([devices[19]!, devices[20]!], shanghai, 'wifi');
    await db.execute(
      `UPDATE location.fixes SET occurred_at = occurred_at - interval '14 days' WHERE subject_id = $1 AND category = 'location.wifi'`,
      [devices[20]!.subjectId],
    );
    const shown = async (query: string) =>
      (await heat(`purpose=security.fraud&resolution=4${query}`)).body.cells.find(
        ({ cell }: { cell: string }) => cell === place,
      )?.subjects;
    expect([await shown(''), await shown(`&from=${new Date(Date.now() - 21 * 86_400_000).toISOString()}`)]).toEqual([
      20, 20,
    ]);
  });

  it('counts as no decision, however often it is looked at', async () => {
    const decisions = async () => {
      await test.get(DecisionCounts).flush();
      return (
        await test
          .get(Database)
          .query<any>('SELECT coalesce(sum(decisions), 0)::int AS sum FROM consent.decision_counts')
      )[0].sum;
    };
    const before = await decisions();
    for (let look = 0; look < 3; look += 1) await heat('purpose=personalisation');
    expect(await decisions()).toBe(before);
  });

  it('does not hold what was promised to be kept no longer for the purpose, though it is kept for another', async () => {
    const db = test.get(Database);
    const cells = async () => (await heat('purpose=security.fraud&resolution=4')).body.cells.length;
    const keptFor = (period: string) =>
      db.execute(`UPDATE location.fixes SET lineage = jsonb_set(lineage, '{0,kept}', to_jsonb($1::text))`, [period]);
    const all = await cells();
    expect(all).toBeGreaterThan(0);
    await keptFor('P30D');
    expect(await cells()).toBe(all);
    await keptFor('PT0S');
    expect(await cells()).toBe(0);
    await db.execute(`UPDATE location.fixes SET lineage = lineage #- '{0,kept}'`);
    expect(await cells()).toBe(all);
  });

  it('does not hold what is due any more', async () => {
    await test
      .get(Database)
      .execute(`UPDATE location.fixes SET retain_until = '2020-01-01' WHERE category = 'location.wifi'`);
    expect((await heat('purpose=security.fraud&resolution=4')).body).toMatchObject({
      cells: [],
      suppressedCells: false,
    });
  });

  it('draws nothing for a misspelt purpose, and points at it', async () => {
    expect(await heat('purpose=security.fruad')).toMatchObject({
      status: 400,
      body: { code: 'question.unknownPurpose', errors: [{ pointer: '/purpose' }] },
    });
  });

  it('refuses a resolution that is too fine, a period that is none or too long, and whoever is no operator', async () => {
    for (const query of [
      'purpose=security.fraud&resolution=6',
      'resolution=4',
      'purpose=security.fraud&from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z',
      'purpose=security.fraud&from=2026-01-01T00:00:00Z&to=2026-06-01T00:00:00Z',
      'purpose=security.fraud&from=2026-02-30T00:00:00Z',
    ]) {
      expect((await heat(query)).body.code).toBe('request.invalid');
    }
    expect((await test.request({ method: 'GET', path: 'operator/location/heat?purpose=security.fraud' })).status).toBe(
      401,
    );
    expect(
      (
        await test.request({
          method: 'GET',
          path: 'operator/location/heat?purpose=security.fraud',
          token: await aServiceToken(test),
        })
      ).status,
    ).toBe(401);
  });

  async function aDevice(): Promise<Device> {
    const { subjectId, token } = (
      await test.request({ method: 'POST', path: 'devices', body: { acceptedRevisionIds: [revisionId] } })
    ).body;
    await test.request({ method: 'PUT', path: 'me/positioning', token, body: { on: true } });
    await choose({ subjectId, token }, 'granted');
    return { subjectId, token };
  }

  async function choose({ token }: Device, state: 'granted' | 'withdrawn', purpose = 'personalisation'): Promise<void> {
    const { status, text } = await test.request({
      method: 'PUT',
      path: `me/consents/${purpose}`,
      token,
      body: { state, categories: ['location.gps'] },
    });
    if (status !== 200) throw new Error(text);
  }

  async function wasAt(some: readonly Device[], place: object, source: string): Promise<void> {
    const fixes = some.flatMap(({ subjectId }) => [
      aFix(subjectId, { ...place, source }),
      aFix(subjectId, { ...place, source }),
    ]);
    const { body } = await send(test, await aServiceToken(test), fixes);
    if (body.accepted !== fixes.length) throw new Error(JSON.stringify(body));
  }
});
