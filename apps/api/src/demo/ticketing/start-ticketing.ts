import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { INestApplicationContext } from '@nestjs/common';
import { OutsideHolders } from '@abide/holders';
import { newWebhookSecret } from '@abide/platform';

interface Ticketing {
  readonly port: number;
  readonly secret: string;
}

const service = fileURLToPath(new URL('./ticketing-service.js', import.meta.url));

/** Registers the demo's ticketing service as a holder outside, once, and starts it. Answers how to stop it. */
export async function startTicketing(app: INestApplicationContext, folder: string): Promise<() => void> {
  const { port, secret } = await keptTicketing(folder);
  const holders = app.get(OutsideHolders, { strict: false });
  if (!(await holders.find('outside.ticketing')))
    await holders.register(
      {
        code: 'ticketing',
        name: { 'zh-CN': '票务系统', en: 'Ticketing' },
        baseUrl: `http://127.0.0.1:${port}`,
        networks: ['127.0.0.0/8'],
        categories: ['content.stored', 'registration.name'],
        manifest: null,
      },
      { secretFor: null, evidence: { madeOnServer: true }, secret },
    );
  const env = { ...process.env, TICKETING_PORT: String(port), TICKETING_SECRET: secret };
  const child: ChildProcess = fork(service, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env });
  return () => void child.kill('SIGTERM');
}

/** The port and the secret stay the same, since they are registered. */
async function keptTicketing(folder: string): Promise<Ticketing> {
  const file = join(folder, 'ticketing.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Ticketing;
  const made = { port: await freePort(), secret: newWebhookSecret() };
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const socket = createServer().once('error', failed);
    socket.listen(0, '127.0.0.1', () => {
      const { port } = socket.address() as AddressInfo;
      socket.close(() => done(port));
    });
  });
}
