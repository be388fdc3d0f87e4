import { setTimeout as sleep } from 'node:timers/promises';
import { aServiceToken, TestSubject, PolicyStaff, moveThePastBack } from '@abide/consent/testing';
import { newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { Vault } from '@abide/vault';
import { latLngToCell } from 'h3-js';
import { Client } from 'pg';
import {
  aFix,
  allowExactly,
  aTraveller,
  createLocationApp,
  locationPolicy,
  registerServices,
  send,
  switchPositioning,
  untilSomeoneWaitsFor,
} from '../testing/app.js';
import { FixCounts } from './ingest-counts.js';

describe('batches of fixes', () => {
  let test: TestApp;
  let db: Database;
  let service: string;
  let revisionId: string;
  let person: TestSubject;

  beforeAll(async () => {
    test = await createLocationApp({ ABIDE_ROLE: 'web' });
    db = test.get(Database);
    await registerServices(test);
    revisionId = await (await PolicyStaff.open(test)).inForce(locationPolicy);
    service = await aServiceToken(test);
  });
  beforeEach(async () => {
    person = await aTraveller(test, revisionId);
  });
  afterAll(() => test.close());

  const rowsOf = (subjectId = person.id) =>
    db.query<any>('SELECT * FROM location.fixes WHERE subject_id = $1 ORDER BY fix_id', [subjectId]);
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  const opened = async (row: any) =>
    JSON.parse(
      await test
        .get(Vault)
        .open({ subjectId: row.subject_id, table: 'location.fixes', column: 'place', rowId: row.fix_id }, row.place),
    );
  const codesOf = ({ body }: { body: any }) =>
    body.refused.map(({ index, code }: { index: number; code: string }) => `${index} ${code}`);

  it('stores a position with clause, purpose and the consent behind it, until it falls due, and its coordinates sealed', async () => {
    const granted = (await allowExactly(person)).body;
    const fix = aFix(person.id);
    expect((await send(test, service, [fix])).body).toEqual({
      accepted: 1,
      alreadyStored: 0,
      refused: [],
      duplicate: false,
    });
    const [row] = await rowsOf();
    expect(row).toMatchObject({
      fix_id: fix['fixId'],
      category: 'location.gps',
      service: 'ticketing',
      is_sensitive: true,
      precision: 'exact',
      coarse_cell: latLngToCell(30.248913, 120.205237, 5),
    });
    expect(row.lineage).toEqual([
      {
        purpose: 'service.provision',
        policy: 'privacy',
        revision: 1,
        clause: 'collect.places',
        basis: 'separateConsent',
        consentEvent: granted.consentEventId,
        precision: 'exact',
      },
    ]);
    expect(row.retain_until.getTime()).toBe(Date.parse(fix['occurredAt']) + 30 * 86_400_000);
    expect(await opened(row)).toEqual({ latitude: 30.248913, longitude: 120.205237, accuracyMetres: 12 });
    expect(JSON.stringify({ ...row, place: row.place.toString('latin1') })).not.toMatch(/248913|205237/);
  });

  it('keeps as exactly as the most exact of the purposes, and no more', async () => {
    await person.grant('personalisation', { categories: ['location.gps'] });
    await send(test, service, [aFix(person.id)]);
    const [coarse] = await rowsOf();
    expect(coarse).toMatchObject({ precision: 'h3:7', coarse_cell: latLngToCell(30.248913, 120.205237, 5) });
    expect(await opened(coarse)).toEqual({ cell: latLngToCell(30.248913, 120.205237, 7) });
    await allowExactly(person);
    await send(test, service, [aFix(person.id)]);
    const exact = (await rowsOf()).find(({ fix_id: id }) => id !== coarse.fix_id);
    expect(exact.precision).toBe('exact');
    expect(exact.lineage.map(({ purpose }: { purpose: string }) => purpose)).toEqual([
      'personalisation',
      'service.provision',
    ]);
  });

  it('stores no position on a consent that was given after it was taken, nor more exactly than was allowed then', async () => {
    const wait = () => sleep(5);
    const early = aFix(person.id);
    await wait();
    await person.grant('personalisation', { categories: ['location.gps'] });
    await wait();
    const coarse = aFix(person.id);
    await wait();
    await allowExactly(person);
    expect((await send(test, service, [early, coarse, aFix(person.id)])).body).toMatchObject({
      accepted: 2,
      refused: [{ index: 0, code: 'collected.beforeAllowed' }],
    });
    const rows = await rowsOf();
    const row = rows.find(({ fix_id: id }) => id === coarse['fixId']);
    expect(row).toMatchObject({ precision: 'h3:7', lineage: [{ purpose: 'personalisation' }] });
    expect(await opened(row)).toEqual({ cell: latLngToCell(30.248913, 120.205237, 7) });
    expect(rows.find(({ fix_id: id }) => id !== coarse['fixId'])).toMatchObject({ precision: 'exact' });
  });

  it('honours Global Privacy Control of the request that brings the positions', async () => {
    const cover = async (isCovered: boolean) => {
      await db.execute(`UPDATE policy.purposes SET is_covered_by_gpc = $1 WHERE code = 'personalisation'`, [isCovered]);
      await db.execute('UPDATE policy.registry_state SET version = version + 1');
    };
    await cover(true);
    await person.grant('personalisation', { categories: ['location.gps'] });
    await allowExactly(person);
    const [signalled, plain] = [aFix(person.id), aFix(person.id)];
    await test.request({
      method: 'POST',
      path: 'location/batches',
      token: service,
      headers: { 'sec-gpc': '1' },
      body: { batchId: newId(), fixes: [signalled] },
    });
    await send(test, service, [plain]);
    const purposesOf = (rows: readonly any[], { fixId }: any) =>
      rows.find(({ fix_id: id }) => id === fixId).lineage.map(({ purpose }: { purpose: string }) => purpose);
    const rows = await rowsOf();
    expect([purposesOf(rows, signalled), purposesOf(rows, plain)]).toEqual([
      ['service.provision'],
      ['personalisation', 'service.provision'],
    ]);
    await cover(false);
  });

  it('keeps no finer cell in plain than the clause allows, and until an event what is kept until an event', async () => {
    await send(test, service, [aFix(person.id, { source: 'wifi', service: 'signing' })]);
    const [row] = await rowsOf();
    expect(row).toMatchObject({
      category: 'location.wifi',
      precision: 'h3:4',
      coarse_cell: latLngToCell(30.248913, 120.205237, 4),
      retain_until: null,
    });
    expect(await opened(row)).toEqual({ cell: latLngToCell(30.248913, 120.205237, 4) });
  });

  it('stores nothing from the acknowledged switch-off on: neither late nor back-dated, and counts what it refused', async () => {
    await allowExactly(person);
    const before = aFix(person.id);
    await switchPositioning(person, false);
    const refusedBefore = await countOf('location.off');
    const late = [
      before,
      aFix(person.id),
      aFix(person.id, { occurredAt: ago(60) }),
      aFix(person.id, { source: 'wifi' }),
    ];
    const answer = await send(test, service, late);
    expect(answer.body.accepted).toBe(0);
    expect(codesOf(answer)).toEqual(['0 location.off', '1 location.off', '2 location.off', '3 location.off']);
    expect(await rowsOf()).toHaveLength(0);
    expect((await countOf('location.off')) - refusedBefore).toBe(4);
  });

  it('refuses what was taken while the switch was off, even when it is on again', async () => {
    await allowExactly(person);
    await switchPositioning(person, false);
    const whileOff = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await switchPositioning(person, true);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const answer = await send(test, person.token, [
      aFix(person.id, { occurredAt: whileOff }),
      aFix(person.id),
      aFix(person.id, { occurredAt: ago(60) }),
    ]);
    expect(codesOf(answer)).toEqual(['0 location.off', '2 location.off']);
    expect(answer.body.accepted).toBe(1);
  });

  it('decides by the switch as it stands when the batch is stored, not when it came to the door', async () => {
    await allowExactly(person);
    const other = new Client({ connectionString: test.databaseUrl });
    await other.connect();
    await other.query('BEGIN; LOCK TABLE location.batches');
    const waiting = send(test, service, [aFix(person.id)]);
    await untilSomeoneWaitsFor(other, 'location.batches');
    await switchPositioning(person, false);
    await other.query('COMMIT');
    await other.end();
    expect(codesOf(await waiting)).toEqual(['0 location.off']);
    expect(await rowsOf()).toHaveLength(0);
  });

  it('answers each refused fix by place and code, and stores the others', async () => {
    await allowExactly(person);
    const fixes = [
      aFix(person.id),
      aFix(person.id, { occurredAt: ago(-6) }),
      aFix(person.id, { occurredAt: ago(7 * 24 * 60 + 1) }),
      aFix(person.id, { latitude: 90.01 }),
      aFix(person.id, { longitude: -180.5 }),
      aFix(person.id, { latitude: 0, longitude: 0 }),
      aFix(person.id, { accuracyMetres: 0 }),
      aFix(person.id, { accuracyMetres: 100_001 }),
      aFix(person.id, { accuracyMetres: -3 }),
      aFix(person.id, { latitude: '30.2' }),
      aFix(person.id, { source: 'bluetooth' }),
      aFix(person.id, { altitude: 12 }),
      aFix(person.id, { service: 'nowhere' }),
      aFix(person.id, { service: 'signing' }),
      aFix(newId()),
      aFix(person.id, { occurredAt: '2026-11-31T00:00:00Z' }),
      'no fix',
      null,
      7,
      [],
    ];
    const answer = await send(test, service, fixes);
    expect(answer.status).toBe(200);
    expect(answer.body.accepted).toBe(1);
    expect(codesOf(answer)).toEqual([
      '1 event.inFuture',
      '2 event.tooOld',
      '3 fix.impossible',
      '4 fix.impossible',
      '5 fix.impossible',
      '6 fix.impossible',
      '7 fix.impossible',
      '8 fix.impossible',
      '9 event.malformed',
      '10 event.malformed',
      '11 event.malformed',
      '12 event.unknownService',
      '13 clause.none',
      '14 subject.unknown',
      '15 event.malformed',
      '16 event.malformed',
      '17 event.malformed',
      '18 event.malformed',
      '19 event.malformed',
    ]);
    const faults = answer.body.refused
      .filter(({ pointer }: { pointer?: string }) => pointer !== undefined)
      .map(({ index, pointer }: { index: number; pointer: string }) => `${index} ${pointer}`);
    expect(faults).toEqual(['9 /latitude', '10 /source', '11 /altitude', '15 /occurredAt', '16 ', '17 ', '18 ', '19 ']);
    expect(await rowsOf()).toHaveLength(1);
  });

  it('refuses a number beyond all measure as a place that cannot be', async () => {
    await allowExactly(person);
    const text = JSON.stringify({ batchId: newId(), fixes: [aFix(person.id, { latitude: 1234567 })] }).replace(
      '1234567',
      '1e999',
    );
    const answer = await test.request({
      method: 'POST',
      path: 'location/batches',
      token: service,
      body: text,
      headers: { 'content-type': 'application/json' },
    });
    expect(codesOf(answer)).toEqual(['0 fix.impossible']);
  });

  it('refuses the later of two positions that no aircraft comes between, and goes on from the earlier', async () => {
    await allowExactly(person);
    const other = await aTraveller(test, revisionId);
    await allowExactly(other);
    await moveThePastBack(test);
    const hangzhou = (minutes: number) => aFix(person.id, { occurredAt: ago(minutes) });
    const sanya = (minutes: number, subjectId = person.id) =>
      aFix(subjectId, { occurredAt: ago(minutes), latitude: 18.25, longitude: 109.5 });
    const answer = await send(test, service, [hangzhou(-4), sanya(-2), hangzhou(0), sanya(-3, other.id)]);
    expect(codesOf(answer)).toEqual(['1 fix.impossible']);
    expect(answer.body.accepted).toBe(3);
  });

  it('lets a subject and a device send of themselves only', async () => {
    await allowExactly(person);
    const other = await aTraveller(test, revisionId);
    const { body } = await send(test, person.token, [aFix(person.id), aFix(other.id)]);
    expect(body).toMatchObject({ accepted: 1, refused: [{ index: 1, code: 'event.notYourSubject' }] });
    const device = (
      await test.request({ method: 'POST', path: 'devices', body: { acceptedRevisionIds: [revisionId] } })
    ).body;
    await test.request({ method: 'PUT', path: 'me/positioning', token: device.token, body: { on: true } });
    const own = await send(test, device.token, [aFix(device.subjectId, { source: 'wifi' }), aFix(person.id)]);
    expect(own.body).toMatchObject({ accepted: 1, refused: [{ index: 1, code: 'event.notYourSubject' }] });
    expect(await rowsOf(other.id)).toHaveLength(0);
  });

  it('answers a batch sent again as it was the first time, and stores a fix once however often it arrives', async () => {
    await allowExactly(person);
    const batchId = newId();
    const fix = aFix(person.id);
    const fixes = [fix, aFix(newId())];
    const first = await send(test, service, fixes, batchId);
    await switchPositioning(person, false);
    expect((await send(test, service, fixes, batchId)).body).toEqual({ ...first.body, duplicate: true });
    expect((await send(test, service, [aFix(person.id)], batchId)).body).toMatchObject({
      status: 409,
      code: 'batch.reused',
    });
    await switchPositioning(person, true);
    const other = await aTraveller(test, revisionId);
    await allowExactly(other);
    const shared = aFix(other.id);
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(test, service, [shared])));
    expect(answers.every(({ body }) => body.accepted === 1)).toBe(true);
    expect(answers.reduce((sum, { body }) => sum + body.alreadyStored, 0)).toBe(9);
    expect(await rowsOf(other.id)).toHaveLength(1);
  });

  it('takes a thousand fixes and no more, and refuses an envelope that is none and a sender without the scope', async () => {
    await allowExactly(person);
    expect(
      (
        await send(
          test,
          service,
          Array.from({ length: 1000 }, () => aFix(person.id)),
        )
      ).body.accepted,
    ).toBe(1000);
    for (const fixes of [Array.from({ length: 1001 }, () => aFix(person.id)), [], {}]) {
      expect((await send(test, service, fixes as unknown[])).body.code).toBe('request.invalid');
    }
    expect(
      (
        await test.request({
          method: 'POST',
          path: 'location/batches',
          body: { batchId: newId(), fixes: [aFix(person.id)] },
        })
      ).status,
    ).toBe(401);
  });

  async function countOf(code: string): Promise<number> {
    await test.get(FixCounts).flush();
    const [row] = await db.query<{ fixes: number }>(
      'SELECT coalesce(sum(items), 0)::int AS fixes FROM location.ingest_counts WHERE code = $1',
      [code],
    );
    return row?.fixes ?? 0;
  }
});
