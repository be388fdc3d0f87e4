import { fromBufferPromise } from 'yauzl';

/** The files of a zip by name, read by another library than the one that wrote it. */
export async function filesIn(zip: Buffer): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const archive = await fromBufferPromise(zip);
  for await (const entry of archive.eachEntry()) {
    const chunks = await Array.fromAsync(await archive.openReadStreamPromise(entry));
    files[entry.fileName] = Buffer.concat(chunks as Buffer[]).toString('utf8');
  }
  return files;
}
