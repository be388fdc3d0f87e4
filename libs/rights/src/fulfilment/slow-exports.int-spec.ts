import {
  aRegisteredHolder,
  inFrontOf,
  listening,
  SmallStore,
  type Listening,
  type RegisteredHolder,
} from '@abide/holders/testing';
import { holderServer } from '@abide/holders';
import { aSignedInOperator, aSignedInSubject, type TestConsole } from '@abide/identity/testing';
import { Database } from '@abide/platform';
import { eventually, type TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { aProvenRequest, createRightsApp } from '../testing/app.js';
import { FulfilmentRetries } from './fulfilment-retries.js';

describe('a holder that exports slowly', () => {
  let test: TestApp;
  let officer: TestConsole;
  let accepted: { acceptedRevisionIds: string[] };
  let shop: RegisteredHolder;
  let server: Listening;
  let store: SmallStore;
  let exporting = 0;
  const released = Promise.withResolvers<void>();

  beforeAll(async () => {
    test = await createRightsApp({ ABIDE_ROLE: 'all' });
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    officer = await aSignedInOperator(test, 'privacyOfficer');
    store = new SmallStore([]);
    const front = inFrontOf(holderServer({ secret: 'unused', store: new SmallStore() }), (request, response) => {
      const answer = () => void holderServer({ secret: shop.secret, store }).emit('request', request, response);
      if (!request.url?.endsWith('/export')) answer();
      else {
        exporting += 1;
        void released.promise.then(answer);
      }
      return true;
    });
    server = await listening(front);
    shop = await aRegisteredHolder(test, { baseUrl: server.url, categories: ['registration.email'] });
  });
  afterAll(async () => {
    released.resolve();
    await server.close();
    await test.close();
  });

  /** Of a new person of whom the holder has something, granted. */
  async function granted(body: Record<string, unknown>): Promise<string> {
    const person = await aSignedInSubject(test, accepted);
    const kept = { category: 'registration.email', since: '2026-01-02T00:00:00Z', values: { value: '雾港剧场' } };
    store.records.push({ owner: person.identifier.value, id: String(store.records.length), ...kept });
    const { id } = await aProvenRequest(test, person, body);
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'grant', text: '请查收。' });
    return id;
  }
  const stateOf = async (id: string): Promise<string> => (await officer.get(`operator/requests/${id}`)).body.state;

  it('keeps nobody waiting who waits for something else, and has one job for a request at most', async () => {
    const exports: string[] = [];
    for (let count = 1; count <= 6; count += 1) exports.push(await granted({ type: 'access' }));
    await eventually(() => exporting === 4, 60);
    const corrections = [{ category: 'registration.name', value: '林小荷' }];
    const correction = await granted({ type: 'correction', corrections });
    await eventually(async () => (await stateOf(correction)) === 'closed', 60);
    expect(exporting).toBe(4);

    const [waits] = exports.slice(-1) as [string];
    for (let count = 1; count <= 3; count += 1) await test.get(FulfilmentRetries).retry(waits);
    const waiting = await test
      .get(Database)
      .query(`SELECT 1 FROM jobs.job WHERE name = 'rights.fulfil' AND state = 'created' AND data->>'requestId' = $1`, [
        waits,
      ]);
    expect(waiting).toHaveLength(1);

    released.resolve();
    await eventually(() => exporting === 6, 60);
  }, 180_000);
});
