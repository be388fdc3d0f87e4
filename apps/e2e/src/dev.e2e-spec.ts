import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { copyCheckout } from './checkout-copy.js';
import { aDataFolder, freePort, launch, processesIn, removeFolder, stop, waitForReady } from './product.js';

const words = 'libs/policy/src/public/pages/page-words.ts';
const page = 'apps/admin/src/ui/Page.tsx';

function commandOf(folder: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { scripts: { dev: string } };
  return scripts.dev.split(' ').slice(1);
}

function replaceIn(file: string, text: string, by: string): void {
  const source = readFileSync(file, 'utf8');
  expect(source).toContain(text);
  writeFileSync(file, source.replace(text, by));
}

/** Resolves once the page holds the text, or fails after two minutes; nothing may listen for a moment. */
async function untilAnswered(url: string, text: string): Promise<void> {
  let answer = '';
  for (const endsAt = Date.now() + 120_000; Date.now() < endsAt; await sleep(100)) {
    answer = await fetch(url).then(
      (page) => page.text(),
      () => 'nothing',
    );
    if (answer.includes(text)) return;
  }
  throw new Error(`${url} does not say "${text}" but:\n${answer}`);
}

/** Listens as a page does, makes the change, and resolves with the addresses of what Vite replaces in the page. */
async function nextReplacement(url: string, change: () => void): Promise<string[]> {
  const client = await (await fetch(`${url}/console/@vite/client`)).text();
  const token = /wsToken = "([^"]+)"/.exec(client)?.[1];
  const socket = new WebSocket(`${url.replace('http', 'ws')}/console/?token=${token}`, 'vite-hmr');
  await new Promise((done, failed) => Object.assign(socket, { onopen: done, onerror: failed }));
  return new Promise((done) => {
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(String(data)) as { type: string; updates?: { path: string }[] };
      if (message.type !== 'update') return;
      socket.close();
      done(message.updates?.map(({ path }) => path) ?? []);
    };
    change();
  });
}

describe('npm run dev', () => {
  const folder = aDataFolder();
  const copy = aDataFolder();
  afterAll(() => [folder, copy].forEach(removeFolder));

  it('answers a change of the server and of a page in the running product, on one port, and leaves nothing behind', async () => {
    copyCheckout(copy);
    const command = { root: copy, args: commandOf(copy) };
    const product = launch(folder, await freePort(), { ABIDE_DEMO: 'false' }, command);
    try {
      await waitForReady(product);
      await untilAnswered(`${product.url}/console`, '/console/@vite/client');
      await untilAnswered(`${product.url}/policies`, '目前没有公布的政策');
      const database = readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8');

      replaceIn(join(copy, words), '目前没有公布的政策', '目前一项也没有公布');
      await untilAnswered(`${product.url}/policies`, '目前一项也没有公布');
      expect(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8')).toBe(database);

      await untilAnswered(`${product.url}/console/src/ui/Page.tsx`, 'export function Page');
      const replaced = await nextReplacement(product.url, () =>
        replaceIn(join(copy, page), '<h1 className', '<h1 data-changed className'),
      );
      expect(replaced).toEqual(['/src/ui/Page.tsx']);
    } finally {
      expect(await stop(product)).toBe(0);
    }
    expect(processesIn(folder)).toEqual([]);
  }, 600_000);
});
