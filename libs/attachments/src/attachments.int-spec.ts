import { randomUUID } from 'node:crypto';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import {
  advance,
  aSignedInOperator,
  aSignedInSubject,
  resetClock,
  type TestClientApp,
  type TestConsole,
} from '@abide/identity/testing';
import { Clock, newId } from '@abide/kernel';
import { Database, PinoLogger } from '@abide/platform';
import { eventually, type TestAnswer, type TestApp } from '@abide/platform/testing';
import { Vault } from '@abide/vault';
import pg from 'pg';
import type { Citing, Uploader } from './attachment.entity.js';
import { AttachmentsHolder } from './attachments.holder.js';
import { Attachments } from './attachments.service.js';
import { aForm, createAttachmentsApp, type TestForm } from './testing/forms.js';
import { aPdf, aPdfOf, aPng } from './testing/samples.js';

const most = 10 * 1024 * 1024;
const unusable = expect.objectContaining({ code: 'attachment.unusable' });
const notFound = expect.objectContaining({ code: 'attachment.not_found' });

describe('attachments', () => {
  let test: TestApp;
  let db: Database;
  let attachments: Attachments;
  let person: TestClientApp;
  let officer: TestConsole;
  let owner: pg.Client;

  beforeAll(async () => {
    test = await createAttachmentsApp();
    db = test.get(Database);
    attachments = test.get(Attachments);
    person = await aSignedInSubject(test);
    officer = await aSignedInOperator(test, 'privacyOfficer');
    owner = new pg.Client({ connectionString: test.databaseUrl });
    await owner.connect();
  });
  beforeEach(async () => {
    await owner.query('DELETE FROM identity.attempt_counters');
  });
  afterEach(() => resetClock(test));
  afterAll(async () => {
    await owner.end();
    await test.close();
  });

  const post = ({ body, headers }: TestForm, more: Record<string, string> = {}, token?: string): Promise<TestAnswer> =>
    test.request({
      method: 'POST',
      path: 'attachments',
      body,
      headers: { ...headers, ...more },
      ...(token === undefined ? {} : { token }),
    });
  const asPerson = (form = aForm(), more: Record<string, string> = {}) => post(form, more, person.accessToken);
  const asOfficer = (form = aForm(), more: Record<string, string> = {}) =>
    post(form, { cookie: officer.cookie, 'x-abide-csrf': officer.csrfToken, ...more });
  const asNobody = post;

  const uploaderOf = {
    person: (): Uploader => ({ kind: 'subject', id: person.subjectId }),
    officer: (): Uploader => ({ kind: 'operator', id: officer.operatorId }),
    nobody: (): Uploader => ({ kind: 'public' }),
  };
  const aRequest = (): Citing => ({ kind: 'request', id: newId() });

  async function upload(answer: Promise<TestAnswer>): Promise<string> {
    const { status, body } = await answer;
    expect([status, Object.keys(body)]).toEqual([201, ['attachmentId']]);
    return body.attachmentId;
  }

  async function contentOf(id: string, by: Citing): Promise<Buffer> {
    return Buffer.concat(await (await attachments.read(id, by)).content.toArray());
  }

  /** How many files and chunks there are, and whose rows. */
  async function stored(): Promise<number[]> {
    const [row] = await db.query<{ counts: number[] }>(
      `SELECT ARRAY[(SELECT count(*) FROM attachments.attachments), (SELECT count(*) FROM vault.sealed_files),
         (SELECT count(*) FROM vault.sealed_file_chunks)]::int[] AS counts`,
    );
    return row?.counts ?? [];
  }

  async function refused(send: () => Promise<TestAnswer>): Promise<[number, string]> {
    const before = await stored();
    const { status, body } = await send();
    expect(await stored()).toEqual(before);
    return [status, body.code];
  }

  describe('are uploaded', () => {
    it.each([
      ['a subject', () => asPerson, uploaderOf.person],
      ['an operator', () => asOfficer, uploaderOf.officer],
      ['somebody without an account', () => asNobody, uploaderOf.nobody],
    ])('by %s, and cited and read as they were sent', async (_who, send, uploadedBy) => {
      const content = aPdfOf(700_000);
      const id = await upload(send()(aForm([{ name: '证件 扫描.pdf', content }])));
      expect(id[14]).toBe('4');
      const by = aRequest();
      await attachments.cite({ attachmentIds: [id.toUpperCase()], by, uploadedBy: uploadedBy() });
      const { name, type, bytes } = await attachments.read(id, by);
      expect([name, type, bytes]).toEqual(['证件 扫描.pdf', 'application/pdf', content.length]);
      expect((await contentOf(id, by)).equals(content)).toBe(true);
      expect(await attachments.citedBy(by)).toEqual([expect.objectContaining({ id, name: '证件 扫描.pdf' })]);
    });

    it('with the evidence of it where somebody is known', async () => {
      const id = await upload(asOfficer());
      expect(await db.query('SELECT act, actor_kind FROM audit.entries WHERE object_id = $1', [id])).toEqual([
        { act: 'attachment.uploaded', actor_kind: 'operator' },
      ]);
      await owner.query('REVOKE INSERT ON audit.entries FROM abide_app');
      expect((await refused(() => asPerson()))[0]).toBe(500);
      await owner.query('GRANT INSERT ON audit.entries TO abide_app');
    });

    it('with 10 MiB, and not with a byte more', async () => {
      await upload(asPerson(aForm([{ content: aPdfOf(most) }])));
      expect(await refused(() => asPerson(aForm([{ content: aPdfOf(most + 1) }])))).toEqual([413, 'request.too_large']);
      expect(await refused(() => asPerson(aForm([{ content: aPdfOf(most + 30_000) }])))).toEqual([
        413,
        'request.too_large',
      ]);
      const padded = aForm([{}], `\r\n--abide-test-form--\r\n${'x'.repeat(most + 30_000)}`);
      expect(await refused(() => asPerson(padded))).toEqual([413, 'request.too_large']);
    });

    it('under a name that reads as what the file is, whatever name was sent', async () => {
      for (const [sent, kept] of [
        ['../../../etc/passwd', 'passwd.pdf'],
        ['C:\\\\scans\\\\page.html', 'page.html.pdf'],
        [`${'n'.repeat(5000)}.pdf`, `${'n'.repeat(100)}.pdf`],
        ['n'.repeat(9000), `${'n'.repeat(100)}.pdf`],
        ['', 'attachment.pdf'],
      ] as const) {
        const [id, by] = [await upload(asPerson(aForm([{ name: sent }]))), aRequest()];
        await attachments.cite({ attachmentIds: [id], by, uploadedBy: uploaderOf.person() });
        expect((await attachments.read(id, by)).name).toBe(kept);
      }
    });
  });

  describe('are what their content says', () => {
    it('and not what their name or header says', async () => {
      const [id, by] = [
        await upload(asPerson(aForm([{ name: 'scan.pdf', type: 'text/html', content: aPng() }]))),
        aRequest(),
      ];
      await attachments.cite({ attachmentIds: [id], by, uploadedBy: uploaderOf.person() });
      expect(await attachments.read(id, by)).toMatchObject({ type: 'image/png', name: 'scan.pdf.png' });
    });

    it.each([
      ['a page', '<!doctype html><script>alert(1)</script>'],
      ['a vector picture', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
      ['a page with a PDF in it', '<html>%PDF-1.7'],
      ['an archive', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(60)])],
      ['what unfolds to far more', gzipSync(Buffer.alloc(40_000_000))],
      ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(100, 1)])],
      [
        'a text that turns into something else far behind',
        Buffer.concat([Buffer.alloc(600_000, 'a'), Buffer.from([0, 1, 2])]),
      ],
      ['a text that ends within a character', Buffer.from('订单').subarray(0, 5)],
    ])('and refused as %s, under the name and header of a PDF', async (_what, content) => {
      expect(await refused(() => asPerson(aForm([{ content }])))).toEqual([415, 'attachment.type_refused']);
    });

    it('and refused when there is none', async () => {
      expect(await refused(() => asPerson(aForm([{ content: '' }])))).toEqual([400, 'attachment.empty']);
    });
  });

  describe('come one at a time, in a form of their own:', () => {
    it.each([
      ['two files', aForm([{}, {}])],
      ['a file and a field', aForm([{}, { field: 'note', name: null, content: 'x' }])],
      ['a field and a file', aForm([{ field: 'note', name: null, content: 'x' }, {}])],
      ['a file of another name', aForm([{ field: 'document' }])],
      ['a file that would be a prototype', aForm([{ field: '__proto__' }])],
      ['a field', aForm([{ name: null, content: 'x' }])],
      ['nothing', aForm([])],
    ])('not %s', async (_what, form) => {
      const [status, code] = await refused(() => asPerson(form));
      expect(status).toBe(400);
      expect(['request.one_file', 'request.malformed']).toContain(code);
    });

    it.each([
      ['ends too early', aForm([{ content: aPdfOf(600_000) }], '')],
      ['ends within its last line', aForm([{}], '\r\n--abide-test')],
      ['names no boundary', { ...aForm(), headers: { 'content-type': 'multipart/form-data; charset=utf-8' } }],
      ['names another boundary', { ...aForm(), headers: { 'content-type': 'multipart/form-data; boundary=other' } }],
    ])('not when the form %s', async (_what, form) => {
      const [status, code] = await refused(() => asPerson(form));
      expect(status).toBe(400);
      expect(['request.one_file', 'request.malformed']).toContain(code);
    });

    it('not without a body', async () => {
      const send = () => test.request({ method: 'POST', path: 'attachments', token: person.accessToken });
      expect(await refused(send)).toEqual([400, 'request.one_file']);
    });

    it('not as JSON, in another kind of form, without a boundary or compressed', async () => {
      const { body, headers } = aForm();
      for (const [content, type, coding] of [
        ['{}', 'application/json', undefined],
        ['a=b', 'application/x-www-form-urlencoded', undefined],
        [body, 'multipart/mixed; boundary=abide-test-form', undefined],
        [body, 'multipart/form-data', undefined],
        [aPdf(), 'application/pdf', undefined],
        [gzipSync(body), headers['content-type'], 'gzip'],
      ] as const) {
        const form = {
          body: content as Buffer,
          headers: { 'content-type': type ?? '', ...(coding ? { 'content-encoding': coding } : {}) },
        };
        expect(await refused(() => asPerson(form))).toEqual([415, 'request.unsupported_media_type']);
      }
    });

    it('on this route and no other', async () => {
      const { body, headers } = aForm();
      const answer = await test.request({ method: 'POST', path: 'subjects', body, headers });
      expect([answer.status, answer.body.code]).toEqual([415, 'request.unsupported_media_type']);
    });
  });

  describe('are whose they are:', () => {
    it('a wrong credential is refused, and not taken for none', async () => {
      expect(await refused(() => post(aForm(), {}, 'not-a-token'))).toEqual([401, expect.any(String)]);
      expect(await refused(() => asOfficer(aForm(), { cookie: 'abide_session=x' }))).toEqual([403, 'session.csrf']);
      expect(await refused(() => asOfficer(aForm(), { 'x-abide-csrf': 'x' }))).toEqual([403, 'session.csrf']);
      expect(await refused(() => asOfficer(aForm(), { origin: 'https://elsewhere.example' }))).toEqual([
        403,
        'session.csrf',
      ]);
    });

    it('an operator without their token is nobody, as whatever another site sends with their cookie', async () => {
      const id = await upload(post(aForm(), { cookie: officer.cookie, origin: 'https://elsewhere.example' }));
      await expect(
        attachments.cite({ attachmentIds: [id], by: aRequest(), uploadedBy: uploaderOf.officer() }),
      ).rejects.toEqual(unusable);
    });

    it('nobody cites what somebody else uploaded, what is unknown, used elsewhere or past its day, and all of it is refused alike', async () => {
      const [other, by] = [await aSignedInSubject(test), aRequest()];
      const ids = {
        person: await upload(asPerson()),
        officer: await upload(asOfficer()),
        nobody: await upload(asNobody(aForm())),
      };
      const used = await upload(asPerson());
      await attachments.cite({ attachmentIds: [used], by, uploadedBy: uploaderOf.person() });
      const tries: [string, Uploader][] = [
        [ids.person, { kind: 'subject', id: other.subjectId }],
        [ids.person, uploaderOf.officer()],
        [ids.person, uploaderOf.nobody()],
        [ids.officer, { kind: 'operator', id: newId() }],
        [ids.officer, uploaderOf.person()],
        [ids.nobody, uploaderOf.person()],
        [ids.nobody, uploaderOf.officer()],
        [randomUUID(), uploaderOf.person()],
        [newId(), uploaderOf.nobody()],
        ['no id at all', uploaderOf.person()],
        [used, uploaderOf.person()],
      ];
      const refusals = await Promise.all(
        tries.map(([id, uploadedBy]) =>
          attachments.cite({ attachmentIds: [id], by: aRequest(), uploadedBy }).then(
            () => 'cited',
            ({ code, details, message }) => JSON.stringify([code, details, message]),
          ),
        ),
      );
      expect(new Set(refusals).size).toBe(1);
      expect(refusals[0]).toContain('attachment.unusable');
      await attachments.cite({ attachmentIds: [used], by, uploadedBy: uploaderOf.person() });
      await advance(test, 'P1D');
      await expect(
        attachments.cite({ attachmentIds: [ids.person], by: aRequest(), uploadedBy: uploaderOf.person() }),
      ).rejects.toEqual(unusable);
    });

    it('all that are named are cited, or none', async () => {
      const [one, by] = [await upload(asPerson()), aRequest()];
      const citation = { attachmentIds: [one, randomUUID()], by, uploadedBy: uploaderOf.person() };
      await expect(attachments.cite(citation)).rejects.toEqual(unusable);
      expect(await attachments.citedBy(by)).toEqual([]);
    });

    it('of two that cite at once, one does', async () => {
      const [id, requests] = [await upload(asPerson()), [aRequest(), aRequest(), aRequest()]];
      const cited = await Promise.allSettled(
        requests.map((by) => attachments.cite({ attachmentIds: [id, id], by, uploadedBy: uploaderOf.person() })),
      );
      expect(cited.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    });

    it('a citation is undone with the act that it belongs to', async () => {
      const [id, by] = [await upload(asPerson()), aRequest()];
      const act = db.transaction(async () => {
        await attachments.cite({ attachmentIds: [id], by, uploadedBy: uploaderOf.person() });
        throw new Error('undone');
      });
      await expect(act).rejects.toThrow('undone');
      await attachments.cite({ attachmentIds: [id], by: aRequest(), uploadedBy: uploaderOf.person() });
      await expect(attachments.read(id, by)).rejects.toEqual(notFound);
    });

    it('only what cites one reads it', async () => {
      const [id, by] = [await upload(asPerson()), aRequest()];
      await expect(attachments.read(id, by)).rejects.toEqual(notFound);
      await attachments.cite({ attachmentIds: [id], by, uploadedBy: uploaderOf.person() });
      await expect(attachments.read(id, { ...by, kind: 'agreement' })).rejects.toEqual(notFound);
      await expect(attachments.read(id, aRequest())).rejects.toEqual(notFound);
      expect(await contentOf(id, by)).toHaveLength(aPdf().length);
    });

    it('about somebody else they end with whom they are about, and no longer with who sent them', async () => {
      const [ward, guardian, by] = [await aSignedInSubject(test), await aSignedInSubject(test), aRequest()];
      const ids = [
        await upload(post(aForm([{ name: '户口本.pdf' }]), {}, guardian.accessToken)),
        await upload(asOfficer()),
      ];
      const uploaders: Uploader[] = [{ kind: 'subject', id: guardian.subjectId }, uploaderOf.officer()];
      for (const [at, id] of ids.entries())
        await attachments.cite({
          attachmentIds: [id],
          by,
          uploadedBy: uploaders[at] ?? uploaderOf.nobody(),
          about: ward.subjectId,
        });
      await test.get(Vault).destroyKeys(guardian.subjectId);
      expect((await attachments.read(ids[0] ?? '', by)).name).toBe('户口本.pdf');
      for (const id of ids) expect(await contentOf(id, by)).toHaveLength(aPdf().length);
      const rows = JSON.stringify(await db.query('SELECT * FROM attachments.attachments WHERE cited_id = $1', [by.id]));
      expect(rows).not.toContain(guardian.subjectId);
      await test.get(Vault).destroyKeys(ward.subjectId);
      for (const id of ids)
        await expect(attachments.read(id, by)).rejects.toMatchObject({ code: 'vault.key_destroyed' });
    });
  });

  describe('are deleted', () => {
    const expire = () => test.get(AttachmentsHolder).expire({ now: test.get(Clock).now(), limit: 100, except: [] });

    it('after a day in which nothing has cited them, content and all', async () => {
      const [left, used, by] = [await upload(asNobody(aForm())), await upload(asPerson()), aRequest()];
      await attachments.cite({ attachmentIds: [used], by, uploadedBy: uploaderOf.person() });
      await advance(test, 'PT23H59M');
      await expire();
      expect(await db.query('SELECT 1 FROM attachments.attachments WHERE id = $1', [left])).toHaveLength(1);
      await advance(test, 'PT1M');
      await expire();
      for (const table of [
        'attachments.attachments WHERE id',
        'vault.sealed_files WHERE id',
        'vault.sealed_file_chunks WHERE file_id',
      ])
        expect(await db.query(`SELECT 1 FROM ${table} = $1`, [left])).toEqual([]);
      expect(await contentOf(used, by)).toHaveLength(aPdf().length);
    });

    it('when what cites them lets go of them, and nothing else is', async () => {
      const [ids, by, other] = [[await upload(asPerson()), await upload(asPerson())], aRequest(), aRequest()];
      await attachments.cite({ attachmentIds: ids.slice(0, 1), by, uploadedBy: uploaderOf.person() });
      await attachments.cite({ attachmentIds: ids.slice(1), by: other, uploadedBy: uploaderOf.person() });
      expect(await attachments.release(by)).toBe(1);
      expect(await attachments.release(by)).toBe(0);
      expect(await db.query('SELECT 1 FROM vault.sealed_files WHERE id = $1', [ids[0]])).toEqual([]);
      expect(await contentOf(ids[1] ?? '', other)).toHaveLength(aPdf().length);
    });
  });

  describe('that are sent again under an Idempotency-Key', () => {
    const keyed = () => ({ 'idempotency-key': newId() });

    it('are one, and the answer is the first', async () => {
      const [key, form] = [keyed(), aForm([{ content: aPdfOf(300_000) }])];
      const first = await upload(asPerson(form, key));
      const before = await stored();
      const again = await asPerson(form, key);
      expect([again.status, again.body, again.headers['idempotency-replayed']]).toEqual([
        201,
        { attachmentId: first },
        'true',
      ]);
      expect(await stored()).toEqual(before);
    });

    it('are refused when the content or the name is another', async () => {
      const [key, content] = [keyed(), aPdfOf(300)];
      await upload(asPerson(aForm([{ content }]), key));
      for (const other of [{ content: aPdfOf(300) }, { content, name: 'other.pdf' }])
        expect(await refused(() => asPerson(aForm([other]), key))).toEqual([422, 'idempotency.key_reused']);
    });

    it('are one also of many at once', async () => {
      const [key, form, before] = [keyed(), aForm([{ content: aPdfOf(300_000) }]), await stored()];
      const answers = await Promise.all(Array.from({ length: 8 }, () => asNobody(form, key)));
      expect(new Set(answers.map(({ status, body }) => `${status} ${body.attachmentId}`)).size).toBe(1);
      expect((await stored()).map((count, at) => count - (before[at] ?? 0))).toEqual([1, 1, 2]);
    });

    it('are taken once what went wrong is over', async () => {
      const [key, form] = [keyed(), aForm()];
      await owner.query('REVOKE INSERT ON attachments.attachments FROM abide_app');
      expect((await refused(() => asPerson(form, key)))[0]).toBe(500);
      await owner.query('GRANT INSERT ON attachments.attachments TO abide_app');
      await upload(asPerson(form, key));
    });
  });

  describe('are not taken without end:', () => {
    const from = (address: string) => ({ 'x-forwarded-for': address });

    it('twenty in ten minutes from a network of people without an account', async () => {
      for (let sent = 0; sent < 20; sent += 1) await upload(asNobody(aForm(), from('203.0.113.7')));
      const { status, body, headers } = await asNobody(aForm(), from('203.0.113.7'));
      expect([status, body.code, Number(headers['retry-after']) > 0]).toEqual([429, 'session.too_many_attempts', true]);
      await upload(asNobody(aForm(), from('198.51.100.9')));
      await upload(asPerson(aForm(), from('203.0.113.7')));
    });

    it('thirty in an hour by a subject, from wherever', async () => {
      const other = await aSignedInSubject(test);
      for (let sent = 0; sent < 30; sent += 1)
        await upload(post(aForm(), from(`203.0.113.${sent}`), other.accessToken));
      expect((await post(aForm(), {}, other.accessToken)).status).toBe(429);
      await advance(test, 'PT1H');
      await other.signIn();
      await upload(post(aForm(), {}, other.accessToken));
    });

    it('refused ones count as well', async () => {
      for (let sent = 0; sent < 20; sent += 1) await asNobody(aForm([{ content: '<html>' }]), from('203.0.113.8'));
      expect((await asNobody(aForm(), from('203.0.113.8'))).status).toBe(429);
    });

    it('no more than there is room for, of each kind of uploader', async () => {
      await owner.query(
        `INSERT INTO attachments.attachments (id, subject_id, name, type, bytes, uploader, created_at)
         SELECT gen_random_uuid(), '${'0'.repeat(8)}-0000-0000-0000-000000000000', '', 'application/pdf', 1073741824, 'public', now() FROM generate_series(1, 2)`,
      );
      expect(await refused(() => asNobody(aForm()))).toEqual([429, 'attachment.no_room']);
      await upload(asPerson());
      await owner.query('DELETE FROM attachments.attachments WHERE bytes = 1073741824');
    });
  });

  describe('over a line', () => {
    let address: AddressInfo;
    const lines = new Set<Socket>();
    beforeAll(async () => {
      await test.app.listen(0, '127.0.0.1');
      address = test.app.getHttpServer().address() as AddressInfo;
    });
    afterEach(() => {
      for (const line of lines) line.destroy();
      lines.clear();
    });

    function open(): Socket {
      const line = connect(address.port, address.address);
      lines.add(line);
      return line;
    }

    function request({ body, headers }: TestForm, length: number): Buffer {
      const head = `POST /api/v1/attachments HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${headers['content-type']}\r\nContent-Length: ${length}\r\n\r\n`;
      return Buffer.concat([Buffer.from(head), body]);
    }

    const answerOn = (line: NodeJS.ReadableStream) =>
      new Promise<string>((resolve) => line.once('data', (data: Buffer) => resolve(data.toString())));
    const unfinished = async () => (await db.query('SELECT 1 FROM vault.sealed_files WHERE bytes IS NULL')).length;

    it('that is cut while they come in, leave nothing', async () => {
      const before = await stored();
      const form = aForm([{ content: aPdfOf(900_000) }], '');
      const line = open();
      line.write(request(form, form.body.length + 500_000));
      await eventually(async () => (await unfinished()) === 1, 5);
      line.destroy();
      await eventually(async () => (await unfinished()) === 0, 5);
      expect(await stored()).toEqual(before);
    });

    it('behind which another one comes later, leave nothing either', async () => {
      const before = await stored();
      const content = aPdfOf(300_000);
      const [first, both] = [aForm([{ content }], '\r\n--abide-test-form'), aForm([{ content }, {}])];
      const line = open();
      line.write(request(first, both.body.length));
      await eventually(async () => (await unfinished()) === 1, 5);
      line.write(both.body.subarray(first.body.length));
      const answer = await answerOn(line);
      expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*request\.one_file/);
      expect(await stored()).toEqual(before);
    });

    it('that is slow, hold no connection of the database', async () => {
      const form = aForm([{ content: aPdfOf(900_000) }], '');
      const slow = Array.from({ length: 15 }, open);
      for (const line of slow) line.write(request(form, form.body.length + 500_000));
      await eventually(async () => (await unfinished()) === slow.length, 5);
      await upload(asPerson());
      for (const line of slow) line.destroy();
      await eventually(async () => (await unfinished()) === 0, 5);
    });

    it('are told that they are too large before they are sent', async () => {
      const line = open();
      line.write(request({ ...aForm(), body: Buffer.alloc(0) }, 50 * most));
      const answer = await answerOn(line);
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    });
  });

  it('and their names stand in no table and no line of the log, whether they are taken, refused, sent again, cited or fail', async () => {
    const levels = (['log', 'error', 'warn', 'debug', 'verbose'] as const).map((level) =>
      jest.spyOn(PinoLogger.prototype, level),
    );
    const [name, words] = [`canary-name-${newId()}`, `canary-words-${newId()}`];
    const form = aForm([{ name: `${name}.pdf`, content: aPdf(words) }]);
    const answers: TestAnswer[] = [];
    for (const send of [asPerson, asOfficer, asNobody]) {
      const key = { 'idempotency-key': newId() };
      answers.push(
        await send(form, key),
        await send(form, key),
        await send(aForm([{ name, content: `<html>${words}` }])),
      );
      answers.push(
        await send(
          aForm([
            { name, content: aPdf(words) },
            { field: name, name: words },
          ]),
        ),
      );
    }
    await attachments.cite({
      attachmentIds: [answers[0]?.body.attachmentId],
      by: aRequest(),
      uploadedBy: uploaderOf.person(),
    });
    await owner.query('REVOKE INSERT ON attachments.attachments FROM abide_app');
    const failed = await asPerson(form);
    await owner.query('GRANT INSERT ON attachments.attachments TO abide_app');
    expect(failed.status).toBe(500);
    const written = JSON.stringify(levels.flatMap((level) => level.mock.calls));
    levels.forEach((level) => level.mockRestore());
    expect(written).toContain('42501');
    const everything = [
      await dump(),
      written,
      ...[...answers, failed].map(({ text, headers }) => text + JSON.stringify(headers)),
    ].join('\n');
    const traces = [name, words].flatMap((text) => [
      text,
      Buffer.from(text).toString('hex'),
      Buffer.from(text).toString('base64').slice(4, 40),
    ]);
    expect(traces.filter((trace) => everything.includes(trace))).toEqual([]);
  });

  /** Every row of every table of the product. */
  async function dump(): Promise<string> {
    const tables = await owner.query(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const parts: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await owner.query(`SELECT to_jsonb(held)::text AS held FROM ${name} held`);
      parts.push(`${name} ${rows.map(({ held }) => held).join()}`);
    }
    expect(parts.some((part) => part.startsWith('vault.sealed_file_chunks {'))).toBe(true);
    return parts.join('\n');
  }
});
