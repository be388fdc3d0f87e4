import * as clients from './clients.js';
import { Killer, Ledger, threeServicesAndAPerson, type Kill } from './ledger.js';
import { aDataFolder, removeFolder, startWithDemo, stop, type Product } from './product.js';

const roundsOfEach = 3;
const readyMilliseconds = 30_000;
const unharmed = { lost: [], storedTwice: [], neverAcknowledged: [], wrongAnswers: [] };

describe('the ledger of telemetry', () => {
  const folder = aDataFolder();
  let product: Product;
  let ledger: Ledger;
  let killer: Killer;

  beforeAll(async () => {
    product = await startWithDemo(folder);
    ledger = new Ledger(product, await threeServicesAndAPerson(product, clients));
    killer = new Killer(product, ledger);
    ledger.start();
  }, 300_000);

  afterAll(async () => {
    await stop(product);
    removeFolder(folder);
  });

  async function killed(victim: Kill['victim']): Promise<number[]> {
    const took: number[] = [];
    for (let round = 0; round < roundsOfEach; round += 1) took.push((await killer.kill(victim)).recoveredAfter);
    return took;
  }

  it('goes on within 30 seconds of each kill of the API', async () => {
    expect(Math.max(...(await killed('API')))).toBeLessThanOrEqual(readyMilliseconds);
  }, 150_000);

  it('goes on within 30 seconds of each kill of PostgreSQL', async () => {
    expect(Math.max(...(await killed('PostgreSQL')))).toBeLessThanOrEqual(readyMilliseconds);
  }, 150_000);

  it('holds every acknowledged event exactly once and nothing else, and answered every batch alike each time', async () => {
    await ledger.finish();
    expect(ledger.events).toBeGreaterThan(500);
    expect(ledger.resent).toBeGreaterThan(0);
    expect(await ledger.compare()).toEqual(unharmed);
  }, 60_000);
});
