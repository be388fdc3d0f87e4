import { AddressGuard, HostResolver } from '@abide/platform';
import { createSigningDatabase, type SigningDatabase } from '../testing/index.js';
import { DatabaseClient, type MappedDatabase } from './database-client.js';
import { DatabaseSessions } from './database-sessions.js';
import { keptManifest } from './manifest.js';

const subject = { id: '', identifiers: [{ type: 'email', value: 'lin@example.com' }] };
const everything = { requestId: 'r-1', subject, categories: [] };
const config = { isProduction: false };

describe('a database outside that is asked by its manifest', () => {
  const client = new DatabaseClient(new DatabaseSessions(new AddressGuard(config, new HostResolver()), config));
  let signing: SigningDatabase;
  let database: MappedDatabase;

  const mapped = async (changes: Readonly<Record<string, string>> = {}): Promise<MappedDatabase> => ({
    url: signing.url,
    networks: ['127.0.0.0/8'],
    manifest: keptManifest(await signing.manifest(changes)),
  });
  beforeEach(async () => {
    signing = await createSigningDatabase();
    database = await mapped();
  });
  afterEach(() => signing.drop());

  const all = () =>
    signing.run<Record<'signers' | 'contracts' | 'letters', any[]>>(
      'SELECT (SELECT json_agg(s ORDER BY id) FROM signing.signers s) AS signers, (SELECT json_agg(c ORDER BY id) FROM signing.contracts c) AS contracts, (SELECT json_agg(l ORDER BY no) FROM signing.letters l) AS letters',
    );
  const describeIt = (about = subject, of = database) => client.describe(of, { ...everything, subject: about });
  const correct = (value: unknown, category = 'registration.name', of = database, requestId = 'r-1') =>
    client.act(of, 'correct', { requestId, subject, categories: [category], corrections: [{ category, value }] });
  const exported = async (of = database, categories: string[] = []) =>
    Array.fromAsync(client.export(of, { ...everything, categories }));

  it('says what it has, by kind, found by foreign keys and without them', async () => {
    expect(await describeIt()).toEqual({
      outcome: 'done',
      holdings: [
        { category: 'registration.name', count: 1, since: new Date('2026-01-02T00:00:00Z'), until: null },
        { category: 'registration.email', count: 1, since: new Date('2026-01-02T00:00:00Z'), until: null },
        { category: 'registration.phone', count: 1, since: new Date('2026-01-02T00:00:00Z'), until: null },
        {
          category: 'content.stored',
          count: 3,
          since: new Date('2025-05-31T16:00:00Z'),
          until: new Date('2031-01-01T00:00:00Z'),
        },
      ],
    });
  });

  it('knows people by each way in which a telephone number is written, and nobody else', async () => {
    const phone = (value: string) => ({ id: '', identifiers: [{ type: 'phone', value }] });
    expect((await describeIt(phone('+8610000000001'))).outcome).toBe('done');
    expect((await describeIt(phone('+8610000000009'))).outcome).toBe('nothing');
    expect((await describeIt(phone(''))).outcome).toBe('needsIdentifier');
    expect((await describeIt({ id: '1', identifiers: [] })).outcome).toBe('needsIdentifier');
  });

  it('exports each row, by kind, with numbers that no script loses', async () => {
    const records = await exported();
    expect(records).toHaveLength(6);
    expect(records.filter(({ category }) => category === 'content.stored')).toEqual([
      {
        category: 'content.stored',
        id: 'signing.contracts:9007199254740993',
        since: new Date('2026-02-01T00:00:00Z'),
        values: { title: '租赁合同', body: { pages: 2 } },
      },
      expect.objectContaining({ id: 'signing.contracts:12', values: { title: '票务协议' } }),
      expect.objectContaining({ id: 'signing.letters:L-1', values: { address: '雾港路1号' } }),
    ]);
    expect((await exported(database, ['registration.name'])).map(({ values }) => values)).toEqual([
      { full_name: '林小禾' },
    ]);
  });

  it('exports more rows than are fetched at once', async () => {
    await signing.run("INSERT INTO signing.letters SELECT 'M-' || n, 1, 'x' FROM generate_series(1, 250) AS n");
    expect(await exported()).toHaveLength(256);
  });

  it('needs no more than to read, to describe and to export', async () => {
    await signing.run(`REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA signing FROM ${signing.login}`);
    expect((await describeIt()).outcome).toBe('done');
    expect(await exported()).toHaveLength(6);
    await expect(correct('林禾')).rejects.toMatchObject({ code: 'notPermitted' });
    await signing.run(`REVOKE SELECT ON signing.letters FROM ${signing.login}`);
    await expect(describeIt()).rejects.toMatchObject({ code: 'notPermitted' });
  });

  it('corrects what may be corrected, once, and answers the same when the answer was lost', async () => {
    const first = await correct('林禾');
    expect(first).toEqual({
      outcome: 'done',
      counts: [{ category: 'registration.name', table: 'signing.signers', count: 1 }],
      retained: [],
    });
    await signing.run('UPDATE signing.signers SET full_name = $1 WHERE id = 1', ['改过']);
    expect(await correct('林禾')).toEqual(first);
    const rows = await signing.run('SELECT full_name FROM signing.signers ORDER BY id');
    expect(rows).toEqual([{ full_name: '改过' }, { full_name: '陈远' }]);
  });

  it('corrects what people are known by after everything else', async () => {
    const columns = 'full_name: registration.name, email: registration.email';
    const emailFirst = await mapped({
      'correctable: [full_name]': 'correctable: [email, full_name]',
      [columns]: 'email: registration.email, full_name: registration.name',
    });
    const corrections = [
      { category: 'registration.email', value: 'new@example.com' },
      { category: 'registration.name', value: '林禾' },
    ];
    expect(await client.act(emailFirst, 'correct', { ...everything, corrections })).toMatchObject({
      outcome: 'done',
      counts: { length: 2 },
    });
    expect(await signing.run('SELECT full_name, email FROM signing.signers WHERE id = 1')).toEqual([
      { full_name: '林禾', email: 'new@example.com' },
    ]);
  });

  it('leaves to a person what nobody mapped', async () => {
    expect(await correct('lin@new.example', 'registration.email')).toEqual({
      outcome: 'manual',
      counts: [],
      retained: [],
    });
    expect((await correct({ first: '禾' }, 'registration.name', database, 'r-2')).outcome).toBe('manual');
    expect((await client.act(database, 'unshare', everything)).outcome).toBe('manual');
    const withoutLedger = { ...database, manifest: { ...database.manifest, ledger: null } };
    expect((await correct('林禾', 'registration.name', withoutLedger, 'r-3')).outcome).toBe('manual');
    expect(await signing.run('SELECT full_name FROM signing.signers WHERE id = 1')).toEqual([{ full_name: '林小禾' }]);
  });

  it('restricts by the column that says so, and lifts that', async () => {
    const restrict = (requestId: string, state: string, categories: string[]) =>
      client.act(database, 'restrict', { requestId, subject, categories, state });
    const flags = () => signing.run('SELECT is_restricted AS is FROM signing.signers ORDER BY id');
    expect((await restrict('a', 'restricted', ['registration.name'])).outcome).toBe('done');
    expect(await flags()).toEqual([{ is: true }, { is: false }]);
    expect((await restrict('b', 'lifted', ['registration.name'])).outcome).toBe('done');
    expect(await flags()).toEqual([{ is: false }, { is: false }]);
    expect(await restrict('c', 'restricted', [])).toMatchObject({ outcome: 'manual', counts: { length: 3 } });
  });

  it('erases what may go, keeps what has to stay, and never says that there was nothing', async () => {
    const erase = (requestId = 'e-1') => client.act(database, 'erase', { ...everything, requestId });
    const first = await erase();
    expect(first).toEqual({
      outcome: 'done',
      counts: [
        { category: 'content.stored', table: 'signing.letters', count: 1 },
        { category: 'registration.name', table: 'signing.signers', count: 1 },
        { category: 'registration.email', table: 'signing.signers', count: 1 },
        { category: 'registration.phone', table: 'signing.signers', count: 1 },
      ],
      retained: [
        {
          category: 'content.stored',
          count: 2,
          ground: 'legalMinimum',
          article: '电子签名法第二十四条',
          until: new Date('2031-01-01T00:00:00Z'),
        },
      ],
    });
    const [left] = await all();
    expect(left?.['signers']).toEqual([
      expect.objectContaining({ id: 1, full_name: null, email: null, mobile: '' }),
      expect.objectContaining({ id: 2, full_name: '陈远' }),
    ]);
    expect(left?.['letters']).toHaveLength(1);
    expect(left?.['contracts']).toHaveLength(3);
    expect(await erase()).toEqual(first);
    expect((await erase('e-2')).outcome).toBe('nothing');
    expect((await describeIt()).outcome).toBe('nothing');
  });

  it('knows what it did though the connection died with the answer to the commit', async () => {
    const lost = new DatabaseClient(new Severed(new AddressGuard(config, new HostResolver()), config));
    const question = { ...everything, requestId: 'lost' };
    await expect(lost.act(database, 'erase', question)).rejects.toMatchObject({ code: 'unreachable' });
    expect(await client.act(database, 'erase', question)).toMatchObject({ outcome: 'done', counts: { length: 4 } });
  });

  it('blanks only the kinds that are asked, and deletes no row for one of several', async () => {
    await client.act(database, 'erase', { ...everything, categories: ['registration.name'] });
    const [left] = await all();
    expect(left?.['signers'][0]).toMatchObject({ full_name: null, email: 'Lin@Example.com', mobile: '10000000001' });
    expect(left?.['letters']).toHaveLength(2);
  });

  it('changes nothing where the database does not let it, and leaves it to a person', async () => {
    const deleting = await mapped({ "erase: { blank: { mobile: '' } }": 'erase: delete' });
    const before = await all();
    expect((await client.act(deleting, 'erase', everything)).outcome).toBe('manual');
    expect(await all()).toEqual(before);
  });

  it('shows what erasing would do, and keeps nothing of it', async () => {
    const before = await all();
    expect(await client.shadow(database, subject)).toMatchObject({ outcome: 'done', counts: { length: 4 } });
    expect(await all()).toEqual(before);
    expect(await signing.run('SELECT FROM signing.abide_ledger')).toEqual([]);
  });

  it('stops at a way that leads to more rows than one person has', async () => {
    await signing.run("INSERT INTO signing.letters SELECT 'M-' || n, 1, 'x' FROM generate_series(1, 20) AS n");
    const bounded = await mapped({ 'version: 1': 'version: 1\nmostRows: 10' });
    await expect(client.act(bounded, 'erase', everything)).rejects.toMatchObject({ code: 'tooManyRows' });
    expect(await signing.run('SELECT FROM signing.letters')).toHaveLength(22);
  });

  it('does nothing once the schema has changed, whatever changed', async () => {
    const drifts = async (sql: string, undo: string, drift: object) => {
      await signing.run(sql);
      await expect(describeIt()).rejects.toMatchObject({ code: 'schemaChanged', drift });
      await expect(client.act(database, 'erase', everything)).rejects.toMatchObject({ code: 'schemaChanged' });
      await expect(exported()).rejects.toMatchObject({ code: 'schemaChanged' });
      await signing.run(undo);
    };
    await drifts('ALTER TABLE signing.letters ADD phone text', 'ALTER TABLE signing.letters DROP phone', {
      appeared: ['signing.letters.phone'],
      gone: [],
    });
    await drifts('CREATE TABLE signing.notes (id int)', 'DROP TABLE signing.notes', { appeared: ['signing.notes'] });
    await drifts('ALTER TABLE signing.fonts ADD owner text', 'ALTER TABLE signing.fonts DROP owner', {
      appeared: [],
      gone: [],
    });
    await drifts('ALTER TABLE signing.letters RENAME TO mail', 'ALTER TABLE signing.mail RENAME TO letters', {
      appeared: ['signing.mail'],
      gone: expect.arrayContaining(['signing.letters', 'signing.letters.address']),
    });
    await drifts(
      'ALTER TABLE signing.letters ALTER address TYPE varchar(20)',
      'ALTER TABLE signing.letters ALTER address TYPE text',
      { appeared: [], gone: [] },
    );
    expect((await describeIt()).outcome).toBe('done');
  });

  it('takes names of tables and columns for names, and identifiers for values', async () => {
    const evil = 'a"; DROP TABLE signing.fonts; --';
    await signing.run(`ALTER TABLE signing.letters RENAME address TO "${evil.replaceAll('"', '""')}"`);
    const odd = await mapped({ 'address: content.stored': `${JSON.stringify(evil)}: content.stored` });
    expect((await describeIt(subject, odd)).outcome).toBe('done');
    expect(await exported(odd)).toContainEqual(expect.objectContaining({ values: { [evil]: '雾港路1号' } }));
    const injected = { id: '', identifiers: [{ type: 'email', value: "x' OR '1'='1" }] };
    expect((await describeIt(injected, odd)).outcome).toBe('nothing');
    expect((await client.act(odd, 'erase', everything)).outcome).toBe('done');
    expect(await signing.run('SELECT FROM signing.fonts')).toEqual([]);
  });

  it('is reached within its networks alone, with the right password, in time', async () => {
    await expect(describeIt(subject, { ...database, networks: ['10.0.0.0/8'] })).rejects.toMatchObject({
      code: 'addressForbidden',
    });
    const wrong = database.url.replace(`:${signing.login}@`, ':wrong@');
    await expect(describeIt(subject, { ...database, url: wrong })).rejects.toMatchObject({ code: 'refused' });
    await signing.run('BEGIN; LOCK TABLE signing.letters');
    await expect(client.describe(database, everything, 300)).rejects.toMatchObject({ code: 'timedOut' });
    await signing.run('COMMIT');
    const tls = `${database.url}?sslmode=require`;
    await expect(describeIt(subject, { ...database, url: tls })).rejects.toMatchObject({ code: 'unreachable' });
  });
});

/** Hangs up when the commit has been sent, once the server has done it. */
class Severed extends DatabaseSessions {
  override async open(...terms: Parameters<DatabaseSessions['open']>) {
    const session = await super.open(...terms);
    const send = session.client.query.bind(session.client) as (...args: unknown[]) => Promise<unknown>;
    Object.assign(session.client, {
      query: async (...args: unknown[]) => {
        const answer = await send(...args);
        if (args[0] !== 'COMMIT') return answer;
        throw Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' });
      },
    });
    return session;
  }
}
