import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = fileURLToPath(new URL('../../../../', import.meta.url));

const waitMilliseconds = 10_000;
const pollMilliseconds = 200;

/** The public keys of receipts, so that receipts can be checked while nothing runs. */
export const receiptKeysFile = 'receipt-keys.json';

/** One line for the person who started the product. */
export class StartError extends Error {
  override name = 'StartError';
}

/** The checkout's own `.abide`; when root's PostgreSQL user could not reach that (a private home), a system folder. */
export function defaultDataFolder(): string {
  const isPrivateHome = process.getuid?.() === 0 && checkout.startsWith(`${homedir()}/`);
  if (!isPrivateHome || existsSync(`${checkout}.abide/postgres`)) return `${checkout}.abide`;
  return `/var/lib/abide/${checkout.replaceAll(/\W+/g, '-').replaceAll(/^-|-$/g, '')}`;
}

/**
 * Claims the data folder for this process, so that two products never share one embedded database. A claim whose
 * process has ended is taken over; one that is just stopping is waited for.
 * @throws StartError when another process keeps it, or it cannot be written.
 */
export async function claimDataFolder(folder: string): Promise<() => void> {
  const claim = join(resolve(folder), 'abide.pid');
  try {
    mkdirSync(resolve(folder), { recursive: true });
  } catch {
    throw new StartError(
      `The data folder ${resolve(folder)} cannot be made. Make it writable, or name another with ABIDE_DATA_DIR.`,
    );
  }
  const until = Date.now() + waitMilliseconds;
  while (isClaimed(claim)) {
    if (Date.now() > until) {
      throw new StartError(
        `Abide runs already on ${resolve(folder)} (process ${readPid(claim)}). Stop it first, or name another folder with ABIDE_DATA_DIR.`,
      );
    }
    await new Promise((done) => setTimeout(done, pollMilliseconds));
  }
  try {
    writeFileSync(claim, String(process.pid));
  } catch {
    throw new StartError(
      `The data folder ${resolve(folder)} cannot be written. Make it writable, or name another with ABIDE_DATA_DIR.`,
    );
  }
  return () => {
    if (readPid(claim) === process.pid) rmSync(claim, { force: true });
  };
}

function readPid(claim: string): number {
  return existsSync(claim) ? Number(readFileSync(claim, 'utf8')) : 0;
}

function isClaimed(claim: string): boolean {
  const pid = readPid(claim);
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return isOneOfOurs(pid);
}

/** Process ids are used again: on Linux the command line tells whether this one is really us. */
function isOneOfOurs(pid: number): boolean {
  try {
    return /start\.js|dev\.mjs/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return true;
  }
}
