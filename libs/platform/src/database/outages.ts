import { setTimeout as sleep } from 'node:timers/promises';

const lostConnection = /^(08|57P0|53300|57014)/;
const systemCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);

/** True for connection failures and statement time-outs of PostgreSQL (SQLSTATE classes 08, 53, 57) and its pool. */
export function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (lostConnection.test(code)) return true;
  if (systemCodes.has(code) && ('syscall' in error || 'driverError' in error)) return true;
  const message = error instanceof Error ? error.message : '';
  return /timeout exceeded when trying to connect|^timeout expired$|Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout/.test(
    message,
  );
}

const outageMilliseconds = 30_000;
const pauseMilliseconds = 250;

/** Does it again as long as the database is away, for half a minute at most; what is done has to bear being done twice. @throws whatever else it meets at once */
export async function throughOutages<Result>(work: () => Promise<Result>): Promise<Result> {
  for (const endsAt = Date.now() + outageMilliseconds; ; await sleep(pauseMilliseconds)) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseAway(error) || Date.now() > endsAt) throw error;
    }
  }
}
