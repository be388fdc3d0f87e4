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
