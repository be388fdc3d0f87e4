import { setTimeout } from 'node:timers/promises';

/** Asks again and again until it is so. @throws Error where it does not come about within so many seconds */
export async function eventually(isSo: () => boolean | Promise<boolean>, seconds = 10): Promise<void> {
  for (const until = Date.now() + seconds * 1000; Date.now() < until; await setTimeout(20)) if (await isSo()) return;
  throw new Error(`It did not come about within ${seconds} seconds`);
}
