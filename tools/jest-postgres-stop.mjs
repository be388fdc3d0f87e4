import { rmSync } from 'node:fs';

export default async function stopPostgres() {
  const started = globalThis.abideTestPostgres;
  if (!started) return;
  await started.server.stop();
  rmSync(started.directory, { recursive: true, force: true });
}
