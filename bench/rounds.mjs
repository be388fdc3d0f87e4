/**
 * Measures `reference` and `subject` in turn: one warm-up, then five counted rounds of each.
 * Both are functions that do a round and resolve to operations per second.
 * @returns {Promise<{ figure: number, reference: string, runs: { reference: number, subject: number, ratio: number }[] }>}
 */
export async function inTurn({ reference, subject, unit, rounds = 5 }) {
  await reference();
  await subject();
  const runs = [];
  for (let round = 0; round < rounds; round += 1) {
    const base = await reference();
    const own = await subject();
    runs.push({ reference: round3(base), subject: round3(own), ratio: round3(own / base) });
    console.log(
      `  round ${round + 1}: ${Math.round(own)} against ${Math.round(base)} ${unit}, ratio ${runs.at(-1).ratio}`,
    );
  }
  return {
    figure: median(runs.map((run) => run.ratio)),
    reference: `${Math.round(median(runs.map((run) => run.reference)))} ${unit}`,
    runs,
  };
}

export function median(values) {
  const ordered = [...values].sort((a, b) => a - b);
  return ordered[Math.floor(ordered.length / 2)];
}

/** Operations per second of `count` calls of `operation(i)`, `parallel` at a time. */
export async function rate(count, parallel, operation) {
  let next = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      while (next < count) await operation(next++);
    }),
  );
  return (count * 1000) / (performance.now() - startedAt);
}

function round3(value) {
  return Math.round(value * 1000) / 1000;
}
