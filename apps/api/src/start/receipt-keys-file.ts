import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger, type INestApplicationContext } from '@nestjs/common';
import { SigningKeys } from '@abide/identity';
import { receiptKeysFile } from './data-folder.js';

const everyMilliseconds = 60_000;

/** Writes the keys into the folder now and, within a minute of each change, again. Answers how to stop. */
export async function keepReceiptKeys(app: INestApplicationContext, folder: string): Promise<() => void> {
  const keys = app.get(SigningKeys, { strict: false });
  const log = new Logger('Receipts');
  const keep = async (): Promise<void> => {
    try {
      writeReceiptKeys(folder, JSON.stringify(await keys.keySet('receipt'), null, 2));
    } catch (error) {
      log.warn(`${receiptKeysFile} was not written: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  await keep();
  const timer = setInterval(() => void keep(), everyMilliseconds).unref();
  return () => clearInterval(timer);
}

/** In one step, so that nobody reads half a file. */
function writeReceiptKeys(folder: string, text: string): void {
  const file = join(folder, receiptKeysFile);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
