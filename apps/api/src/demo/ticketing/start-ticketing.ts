import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { INestApplicationContext } from '@nestjs/common';
import { OutsideHolders } from '@abide/holders';
import { newWebhookSecret, throughOutages } from '@abide/platform';

interface Ticketing {
  readonly port: number;
  readonly secret: string;
}

const service = fileURLToPath(new URL('./ticketing-service.js', import.meta.url));

/**
 * Starts the demo's ticketing service and registers it as a holder outside. Where its port is taken meanwhile, it listens on another and the
 * registration follows. Answers how to stop it.
 */
export async function startTicketing(app: INestApplicationContext, folder: string): Promise<() => void> {
  const file = join(folder, 'ticketing.json');
  const kept = keptTicketing(file);
  const env = { ...process.env, TICKETING_PORT: String(kept.port), TICKETING_SECRET: kept.secret };
  const child: ChildProcess = fork(service, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env });
  const port = await Promise.race([portOf(child), ended(child)]);
  writeFileSync(file, JSON.stringify({ ...kept, port }), { mode: 0o600 });
  await throughOutages(() => register(app.get(OutsideHolders, { strict: false }), { port, secret: kept.secret }));
  return () => void child.kill('SIGTERM');
}

async function portOf(child: ChildProcess): Promise<number> {
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return port;
}

async function ended(child: ChildProcess): Promise<never> {
  await once(child, 'exit');
  throw new Error('The ticketing service of the demo ended before it listened');
}

async function register(holders: OutsideHolders, { port, secret }: Ticketing): Promise<void> {
  const baseUrl = `http://127.0.0.1:${port}`;
  const known = await holders.find('outside.ticketing');
  if (known) {
    if (known.state !== 'removed' && known.baseUrl !== baseUrl) await holders.move(known.id, baseUrl);
    return;
  }
  const terms = {
    code: 'ticketing',
    name: { 'zh-CN': '票务系统', en: 'Ticketing' },
    baseUrl,
    networks: ['127.0.0.0/8'],
    categories: ['content.stored', 'registration.name'],
    manifest: null,
  };
  await holders.register(terms, { secretFor: null, evidence: { madeOnServer: true }, secret });
}

/** Its secret stays the same, since it is registered; so does its port, while that is free. */
function keptTicketing(file: string): Ticketing {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Ticketing;
  return { port: 0, secret: newWebhookSecret() };
}
