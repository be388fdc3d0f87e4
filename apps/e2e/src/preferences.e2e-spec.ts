import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient, preferenceCentre, type PreferenceCentre, type Shown } from '@abide/client';
import { aRegisteredPerson, call, signInOperator, type Credential } from './clients.js';
import { aDataFolder, removeFolder, startWithDemo, stop, type Product } from './product.js';

const purpose = 'personalisation';
const email = 'zhao.min@example.com';

type Network = 'there' | 'away' | 'losesAnswers';

/** An app that uses the client library, against the product as `npm start` runs it: each step stands on the one before. */
describe('a preference centre of a client app', () => {
  const folder = aDataFolder();
  const kept = new Map<string, string>();
  const connectivity = new EventTarget();
  let product: Product;
  let person: { subjectId: string; headers: Credential };
  let centre: PreferenceCentre;
  let network: Network = 'there';
  let shown: Shown;
  let receiptId = '';

  beforeAll(async () => {
    product = await startWithDemo(folder);
    const inForce = (await call(product, 'GET', 'policies')).body.items.map(
      (one: { revision: { id: string } }) => one.revision.id,
    );
    person = await aRegisteredPerson(product, email, inForce);
    centre = aCentre();
  }, 300_000);

  afterAll(async () => {
    centre?.close();
    await stop(product);
    removeFolder(folder);
  });

  function aCentre(): PreferenceCentre {
    const client = createClient({ baseUrl: product.url, headers: person.headers, fetch: throughNetwork });
    const store = {
      read: (name: string) => kept.get(name) ?? null,
      write: (name: string, text: string) => void kept.set(name, text),
    };
    return preferenceCentre(client, { subjectId: person.subjectId, store, connectivity, channel: 'e2e' });
  }

  async function throughNetwork(request: Request): Promise<Response> {
    if (network === 'away') throw new TypeError('fetch failed');
    const answer = await fetch(request);
    if (network === 'losesAnswers') throw new TypeError('fetch failed');
    return answer;
  }

  /** The evidence of what this person decided. */
  async function decisions(act: 'grant' | 'renewal' | 'withdrawal'): Promise<{ details: { occurredAt: string } }[]> {
    const headers = await signInOperator(product, 'auditor');
    return (
      await call(product, 'GET', `operator/audit/entries?act=consent.${act}&subjectId=${person.subjectId}&limit=50`, {
        headers,
      })
    ).body.items;
  }

  const grants = async (): Promise<number> => (await decisions('grant')).length + (await decisions('renewal')).length;
  const stateOf = async (): Promise<string | undefined> =>
    (await centre.load()).items.find((one) => one.purpose === purpose)?.state;
  const abide = (...args: string[]) =>
    spawnSync('node', ['apps/api/dist/cli.js', ...args], {
      cwd: join(import.meta.dirname, '../../..'),
      encoding: 'utf8',
      env: { ...process.env, ABIDE_DATA_DIR: folder },
    });

  it('shows what may be asked, and asks once', async () => {
    const { mayAsk, granted } = await centre.load();
    expect(granted).toEqual([]);
    const asked = mayAsk.find((one) => one.purpose === purpose);
    expect(await centre.ask(purpose)).toEqual({ mayShow: true });
    expect(await centre.ask(purpose)).toEqual({ mayShow: false, askAgainAt: expect.any(String) });
    await centre.open(purpose);
    const clause = asked?.clauses[0];
    const { body } = await call(product, 'GET', `policies/${clause?.policy}`);
    const wording = body.clauses.find((one: { id: string }) => one.id === clause?.clauseId).body.en;
    shown = { revisionId: body.revision.id, clauseId: clause?.clauseId ?? '', locale: 'en', wording };
  });

  it('grants with the very words that were on the screen', async () => {
    const decided = await centre.grant(purpose, { shown });
    if (!decided.isSent) throw new Error('The consent did not arrive');
    receiptId = decided.receiptId;
    expect(await stateOf()).toBe('granted');
    const { body } = await call(product, 'GET', `me/receipts/${receiptId}`, { headers: person.headers });
    expect(body.events[0].wording_hash).toBe(createHash('sha256').update(shown.wording).digest('hex'));
    writeFileSync(join(folder, 'receipt.json'), JSON.stringify(body));
  });

  it('brings a withdrawal made offline once the network is back: one event, dated when it was made', async () => {
    network = 'away';
    const decided = await centre.withdraw(purpose);
    if (decided.isSent) throw new Error('The withdrawal went out without a network');
    expect(decided.status).toBeNull();
    expect(await centre.withdraw(purpose)).toEqual(decided);
    centre.close();
    network = 'there';
    expect(await decisions('withdrawal')).toEqual([]);
    centre = aCentre();
    connectivity.dispatchEvent(new Event('online'));
    expect(await centre.flush()).toBe(0);
    expect(await centre.flush()).toBe(0);
    expect(await stateOf()).toBe('withdrawn');
    const events = await decisions('withdrawal');
    expect(events.map(({ details }) => details.occurredAt)).toEqual([decided.occurredAt]);
  });

  it('records once what arrived while its answer was lost', async () => {
    network = 'losesAnswers';
    expect(await centre.grant(purpose, { shown })).toMatchObject({ isSent: false });
    const arrived = await grants();
    network = 'there';
    expect(await centre.flush()).toBe(0);
    expect([arrived, await grants()]).toEqual([2, 2]);
    expect(await stateOf()).toBe('granted');
  });

  it('withdraws for good though the clock of the device is behind that of the product', async () => {
    await centre.withdraw(purpose);
    await call(product, 'POST', 'dev/clock', { body: { advance: 'PT5M' } });
    await centre.load();
    await call(product, 'PUT', `me/consents/${purpose}`, { body: { state: 'granted' }, headers: person.headers });
    expect(await stateOf()).toBe('granted');
    await centre.withdraw(purpose);
    expect(await stateOf()).toBe('withdrawn');
  });

  it('gives a receipt that anybody can check offline, while the product runs and after it was stopped', async () => {
    const file = join(folder, 'receipt.json');
    expect(abide('receipt', 'verify', file)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('ConsentGiven'),
    });
    await stop(product);
    expect(abide('receipt', 'verify', file, '--json').status).toBe(0);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"e2e"', '"web"'));
    const tampered = abide('receipt', 'verify', file, '--json');
    expect([tampered.status, JSON.parse(tampered.stdout).errors[0].code]).toEqual([1, 'receipt.record_differs']);
  });
});
