/**
 * `npm run drill:figures [-- <url> <data folder>]`: recomputes receipts, holdings, heat maps, counts and days by plain SQL from the tables of a
 * product, and compares them with what its API says. Of one that runs with the demo and the embedded database, where both are given; else of one
 * started for this. Ends with 1 and names each difference.
 */
import * as clients from '../apps/e2e/src/clients.ts';
import { compareFigures, openInstallation } from '../apps/e2e/src/figures.ts';
import { databaseUrl } from '../apps/e2e/src/ledger.ts';
import { aDataFolder, removeFolder, start, stop } from '../apps/e2e/src/product.ts';

const [url, given] = process.argv.slice(2);
if ((url === undefined) !== (given === undefined)) {
  console.error('Usage: npm run drill:figures [-- <url> <data folder>]');
  process.exit(2);
}

const folder = given ?? aDataFolder();
const product = url === undefined ? await start(folder) : { url: url.replace(/\/$/, ''), folder };
try {
  const installation = await openInstallation(product, { clients, databaseUrl: databaseUrl(product) });
  const comparisons = await compareFigures(installation);
  await installation.close();
  for (const { figure, compared, differences } of comparisons) {
    console.log(`${figure}: ${compared} compared, ${differences.length} different`);
    for (const { what, said, found } of differences)
      console.log(`  ${what}\n    the API says ${JSON.stringify(said)}\n    the tables say ${JSON.stringify(found)}`);
  }
  if (comparisons.some(({ compared, differences }) => compared === 0 || differences.length > 0)) process.exitCode = 1;
} finally {
  if (url === undefined) {
    await stop(product);
    removeFolder(folder);
  }
}
