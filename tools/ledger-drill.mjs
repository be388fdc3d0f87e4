/**
 * `npm run drill:ledger -- [rounds]`: what the ledger's spec does, for hours if need be. Batches are sent without end while the API and the
 * embedded PostgreSQL are killed in turn, `rounds` times each (200 unless given); then every acknowledged event has to be there exactly once.
 */
import * as clients from '../apps/e2e/src/clients.ts';
import { Killer, Ledger, threeServicesAndAPerson } from '../apps/e2e/src/ledger.ts';
import { aDataFolder, removeFolder, start, stop } from '../apps/e2e/src/product.ts';

const rounds = Number(process.argv[2] ?? 200);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error('Usage: npm run drill:ledger -- [rounds]');
  process.exit(2);
}

const victims = ['API', 'PostgreSQL'];
const took = { API: [], PostgreSQL: [] };
const folder = aDataFolder();
const startedAt = Date.now();
let product;
let isOver = false;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => (isOver = true));

try {
  product = await start(folder);
  const ledger = new Ledger(product, await threeServicesAndAPerson(product, clients));
  const killer = new Killer(product, ledger);
  ledger.start();
  for (let round = 1; round <= rounds && !isOver; round += 1) await killEach(killer, ledger, round);
  await ledger.finish();
  process.exitCode = report(await ledger.compare(), ledger);
} finally {
  if (product) await stop(product);
  removeFolder(folder);
}

async function killEach(killer, ledger, round) {
  for (const victim of victims) took[victim].push((await killer.kill(victim)).recoveredAfter);
  const each = victims.map((victim) => `${victim} ${seconds(took[victim].at(-1))}`).join(', ');
  console.log(
    `${round}/${rounds}  again after: ${each}  ${ledger.batches} batches, ${ledger.events} events acknowledged`,
  );
}

/** @returns {number} the exit code */
function report({ lost, storedTwice, neverAcknowledged, wrongAnswers }, { batches, events, resent }) {
  const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
  for (const victim of victims) {
    const sorted = took[victim].toSorted((one, other) => one - other);
    console.log(
      `${victim}: ${sorted.length} kills, again after ${seconds(sorted[Math.floor(sorted.length / 2)])} as a rule and ${seconds(sorted.at(-1))} at most`,
    );
  }
  for (const answer of wrongAnswers.slice(0, 20)) console.log(`Wrong answer: ${answer}`);
  const failures = new Set(product.output().match(/(?<="context":"Http".*"msg":")[^"]*/g));
  for (const failure of failures) console.log(`The log says: ${failure}`);
  console.log(`${batches} batches (${resent} sent again), ${events} events acknowledged in ${minutes} minutes`);
  console.log(
    `${lost.length} lost, ${storedTwice.length} stored twice, ${neverAcknowledged.length} never acknowledged, ${wrongAnswers.length} wrong answers`,
  );
  return [lost, storedTwice, neverAcknowledged, wrongAnswers].every((found) => found.length === 0) ? 0 : 1;
}

function seconds(milliseconds = 0) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
