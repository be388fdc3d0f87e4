/** The peer that consents are measured against: `@c15t/backend`, installed at run time into the system's temporary folder. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onDatabase, openFork } from './installation.mjs';
import { httpRequest, sendEach } from './load.mjs';

const dependencies = { '@c15t/backend': '2.2.1', '@hono/node-server': '2.1.9', kysely: '0.28.19', pg: '8.23.1' };
const folder = join(tmpdir(), `abide-bench-c15t-${dependencies['@c15t/backend']}`);
const poolSize = 20;
let givenAt = Date.now() - 30 * 86_400_000;

export const peerNotes = `peer @c15t/backend ${dependencies['@c15t/backend']} with its Kysely adapter (kysely ${dependencies.kysely}, pg ${dependencies.pg}, pool of ${poolSize} as ours) on @hono/node-server ${dependencies['@hono/node-server']}, its defaults, its own database on the same server`;

/** Starts the peer on a database of its own beside the installation's. @returns {Promise<{ url: string, close: () => Promise<void> }>} */
export async function openPeer({ databaseUrl }) {
  install();
  await onDatabase(databaseUrl, (client) => client.query('CREATE DATABASE peer'));
  const env = { ...process.env, DATABASE_URL: databaseUrl.replace(/\/abide$/, '/peer'), POOL_SIZE: String(poolSize) };
  return openFork(join(folder, 'server.mjs'), { cwd: folder, env });
}

/** The peer's id of the subject with this number; its ids are base58. */
export function peerSubject(index) {
  return `sub_${String(index)
    .padStart(8, '0')
    .replace(/\d/g, (digit) => 'ABCDEFGHJK'[digit])}`;
}

/** A consent of a subject; each differs from every other by when it was given, or the peer would take it for a repetition. */
export function peerConsent(index, purpose) {
  givenAt += 1;
  const body = {
    type: 'other',
    subjectId: peerSubject(index),
    domain: 'example.com',
    preferences: { [purpose]: true },
    givenAt,
  };
  return httpRequest({ method: 'POST', path: '/subjects', body });
}

/** Lets the peer make its domain, policy and purposes, which it cannot for two requests at once. */
export async function primePeer(peer, purposes) {
  for (const purpose of purposes) await sendEach({ url: peer.url, requests: [peerConsent(0, purpose)] });
}

/** Gives `count` subjects of the peer a consent for each purpose. */
export async function fillPeer(peer, count, purposes) {
  await primePeer(peer, purposes);
  for (const purpose of purposes)
    await sendEach({
      url: peer.url,
      requests: Array.from({ length: count - 1 }, (_, index) => peerConsent(index + 1, purpose)),
    });
}

function install() {
  mkdirSync(folder, { recursive: true });
  copyFileSync(fileURLToPath(new URL('peer-server.mjs', import.meta.url)), join(folder, 'server.mjs'));
  if (existsSync(join(folder, 'installed'))) return;
  console.log(`  installing the peer into ${folder} …`);
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'peer', private: true, type: 'module', dependencies }),
  );
  const path = `${dirname(process.execPath)}:${process.env.PATH}`;
  const { status, stderr } = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  });
  if (status !== 0) throw new Error(`The peer could not be installed: ${stderr}`);
  writeFileSync(join(folder, 'installed'), '');
}
