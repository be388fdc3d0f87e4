import { createHash, randomBytes, type Hash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Clock, dayInMilliseconds, newId } from '@abide/kernel';
import { Database, ScheduledTasks } from '@abide/platform';
import { untilSomeoneWaits, SchemaSnapshot, type TestApp } from '@abide/platform/testing';
import pg from 'pg';
import { EpochKeys } from '../epoch-keys.service.js';
import { KeyProvider } from '../key-provider.js';
import { KeyRotation } from '../key-rotation.service.js';
import { ServerKeys } from '../server-keys.service.js';
import { SubjectKeys } from '../subject-keys.service.js';
import { startVault } from '../testing/vault.js';
import { VaultHolder } from '../vault.holder.js';
import { Vault } from '../vault.service.js';
import { chunkBytes } from './file-chunks.js';
import { FileKeys } from './file-keys.service.js';
import { SealedFiles, type SealedFile } from './sealed-files.service.js';

const refusal = (code: string) => expect.objectContaining({ code });
const gone = refusal('vault.file_gone');
const unreadable = refusal('vault.unreadable');
const mebibyte = 1024 * 1024;

describe('sealed files', () => {
  let test: TestApp;
  let db: Database;
  let files: SealedFiles;
  beforeAll(async () => {
    test = await startVault();
    db = test.get(Database);
    files = test.get(SealedFiles);
  });
  afterEach(() => test.request({ method: 'POST', path: 'dev/clock', body: { reset: true } }));
  afterAll(() => test.close());

  const inADay = () => new Date(test.get(Clock).now().getTime() + dayInMilliseconds);
  const advance = (by: string) => test.request({ method: 'POST', path: 'dev/clock', body: { advance: by } });
  const sweep = () => test.get(ScheduledTasks).runAll();

  async function aSubject(): Promise<string> {
    const subjectId = newId();
    await test.get(Vault).createKeys(subjectId);
    return subjectId;
  }

  /** In pieces of a length that fits no chunk. */
  async function* pieces(bytes: Buffer, length = 100_003): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
  }

  const write = (bytes: Buffer, options: { subjectId?: string; expiresAt?: Date | null } = {}): Promise<SealedFile> =>
    files.write({ content: pieces(bytes), expiresAt: null, ...options });

  async function read(id: string, from = files): Promise<Buffer> {
    const { bytes, content } = await from.read(id);
    const read = Buffer.concat(await content.toArray());
    expect(read).toHaveLength(bytes);
    return read;
  }

  const rowsOf = async (id: string): Promise<number> =>
    (
      await db.query(
        'SELECT 1 FROM vault.sealed_files WHERE id = $1 UNION ALL SELECT 1 FROM vault.sealed_file_chunks WHERE file_id = $1',
        [id],
      )
    ).length;

  /** Over the same database, with no memory of its own. */
  function inAnotherProcess(): SealedFiles {
    const clock = test.get(Clock);
    const epochs = new EpochKeys(db, test.get(KeyProvider), clock);
    const keys = new FileKeys(epochs, new SubjectKeys(db, epochs, clock), new ServerKeys(db, epochs, clock));
    return new SealedFiles(db, keys, clock, test.get(ScheduledTasks));
  }

  describe('give back what they were given', () => {
    it.each([0, 1, chunkBytes - 1, chunkBytes, chunkBytes + 1, 3 * chunkBytes, 3 * chunkBytes + 5])(
      '%i bytes, of somebody and of nobody, in any process',
      async (length) => {
        const bytes = randomBytes(length);
        for (const subjectId of [await aSubject(), undefined]) {
          const file = await write(bytes, subjectId === undefined ? {} : { subjectId });
          expect(file.bytes).toBe(length);
          expect((await read(file.id)).equals(bytes)).toBe(true);
          expect((await read(file.id, inAnotherProcess())).equals(bytes)).toBe(true);
        }
      },
    );

    it('in a transaction with everything else, or not at all', async () => {
      let id = '';
      await expect(
        db.transaction(async () => {
          id = (await write(randomBytes(chunkBytes + 1))).id;
          throw new Error('undone');
        }),
      ).rejects.toThrow('undone');
      expect(await rowsOf(id)).toBe(0);
    });
  });

  it('say nothing of their content in the database', async () => {
    const canary = `canary-${newId()}`;
    await write(Buffer.from(canary.repeat(20_000)), { subjectId: await aSubject() });
    await write(Buffer.from(canary));
    expect(await (await SchemaSnapshot.take(test.databaseUrl, 'vault')).findings(canary)).toEqual([]);
  });

  describe('are not read where somebody has been at them:', () => {
    const put = (from: 'one' | 'other', source: number, target: number) =>
      `UPDATE vault.sealed_file_chunks SET sealed = (SELECT sealed FROM vault.sealed_file_chunks WHERE file_id = :${from} AND number = ${source})
       WHERE file_id = :one AND number = ${target}`;

    it.each([
      [
        'two chunks changed places',
        `UPDATE vault.sealed_file_chunks AS c SET sealed = o.sealed FROM vault.sealed_file_chunks AS o
         WHERE c.file_id = :one AND o.file_id = :one AND (c.number, o.number) IN ((0, 1), (1, 0))`,
      ],
      ['one was put in place of another', put('one', 0, 1)],
      ['one is of another file', put('other', 1, 1)],
      ['the last one is of another file', put('other', 2, 2)],
      ['one is missing', 'DELETE FROM vault.sealed_file_chunks WHERE file_id = :one AND number = 1'],
      ['it was cut off', 'UPDATE vault.sealed_files SET chunks = 2 WHERE id = :one'],
      [
        'it was cut off and its size with it',
        `UPDATE vault.sealed_files SET chunks = 2, bytes = ${2 * chunkBytes} WHERE id = :one`,
      ],
      [
        'something was added',
        `INSERT INTO vault.sealed_file_chunks SELECT file_id, 3, sealed FROM vault.sealed_file_chunks WHERE file_id = :one AND number = 2;
         UPDATE vault.sealed_files SET chunks = 4 WHERE id = :one`,
      ],
      ['its size is another', 'UPDATE vault.sealed_files SET bytes = bytes + 1 WHERE id = :one'],
      [
        'one bit was turned',
        'UPDATE vault.sealed_file_chunks SET sealed = set_bit(sealed, 99999, 1 - get_bit(sealed, 99999)) WHERE file_id = :one AND number = 1',
      ],
      [
        'the key is that of another file',
        'UPDATE vault.sealed_files SET wrapped = (SELECT wrapped FROM vault.sealed_files WHERE id = :other) WHERE id = :one',
      ],
      [
        'it is said to be of somebody else',
        'UPDATE vault.sealed_files SET subject_id = (SELECT subject_id FROM vault.sealed_files WHERE id = :other) WHERE id = :one',
      ],
    ])('%s', async (_what, meddle) => {
      const bytes = randomBytes(3 * chunkBytes);
      const [one, other] = [
        await write(bytes, { subjectId: await aSubject() }),
        await write(bytes, { subjectId: await aSubject() }),
      ];
      await asOwner(meddle.replaceAll(':one', `'${one.id}'`).replaceAll(':other', `'${other.id}'`));
      await expect(files.read(one.id).then(({ content }) => content.toArray())).rejects.toEqual(unreadable);
      await files.delete(one.id);
    });

    /** The product's own role cannot even change a chunk. */
    async function asOwner(sql: string): Promise<void> {
      const owner = new pg.Client({ connectionString: test.databaseUrl });
      await owner.connect();
      await owner.query(sql).finally(() => owner.end());
    }
  });

  describe('end', () => {
    it('with the ordinary key of whose they are', async () => {
      const [subjectId, other] = [await aSubject(), await aSubject()];
      const [one, others] = [
        await write(randomBytes(9), { subjectId }),
        await write(randomBytes(9), { subjectId: other }),
      ];
      await test.get(Vault).destroyKeys(subjectId, 'ordinary');
      await expect(files.read(one.id)).rejects.toEqual(refusal('vault.key_destroyed'));
      await expect(write(randomBytes(9), { subjectId })).rejects.toEqual(refusal('vault.key_destroyed'));
      expect(await read(others.id)).toHaveLength(9);
    });

    it('with whose they are, chunk and all', async () => {
      const subjectId = await aSubject();
      const { id } = await write(randomBytes(2 * chunkBytes), { subjectId });
      expect((await test.get(VaultHolder).erase(subjectId)).counts).toContainEqual({
        category: 'none',
        table: 'vault.sealed_files',
        count: 1,
      });
      expect(await rowsOf(id)).toBe(0);
    });

    it('when they are deleted: not even the row as it was opens them, once the epoch has been rotated', async () => {
      const bytes = randomBytes(chunkBytes + 1);
      const { id } = await write(bytes);
      const [row] = await db.query<{ file: object }>(
        'SELECT to_jsonb(f) AS file FROM vault.sealed_files f WHERE id = $1',
        [id],
      );
      const chunks = await db.query<{ chunk: object }>(
        'SELECT to_jsonb(c) AS chunk FROM vault.sealed_file_chunks c WHERE file_id = $1',
        [id],
      );
      await files.delete(id);
      await expect(files.read(id)).rejects.toEqual(gone);
      expect(await rowsOf(id)).toBe(0);
      const { epoch } = await test.get(KeyRotation).rotate();
      const putBack = { ...row?.file, epoch };
      await db.execute(
        'INSERT INTO vault.sealed_files SELECT * FROM jsonb_populate_record(NULL::vault.sealed_files, $1)',
        [JSON.stringify(putBack)],
      );
      for (const { chunk } of chunks)
        await db.execute(
          'INSERT INTO vault.sealed_file_chunks SELECT * FROM jsonb_populate_record(NULL::vault.sealed_file_chunks, $1)',
          [JSON.stringify(chunk)],
        );
      await expect(files.read(id)).rejects.toEqual(unreadable);
      await files.delete(id);
    });

    it('when their time is over: at once for who reads, and key and chunks with the next sweep', async () => {
      const { id } = await write(randomBytes(2 * chunkBytes), { expiresAt: inADay() });
      await advance('PT23H59M');
      await sweep();
      expect(await read(id)).toHaveLength(2 * chunkBytes);
      await advance('PT1M');
      await expect(files.read(id)).rejects.toEqual(gone);
      await expect(files.keep(id)).rejects.toEqual(gone);
      await sweep();
      expect(await rowsOf(id)).toBe(0);
    });

    it('not when somebody keeps them; what nobody keeps is discarded', async () => {
      const [kept, left] = [
        await write(randomBytes(9), { expiresAt: inADay() }),
        await write(randomBytes(9), { expiresAt: inADay() }),
      ];
      await files.keep(kept.id);
      for (const { id } of [kept, left]) await files.discard(id);
      await advance('P2D');
      await sweep();
      expect([await rowsOf(kept.id), await rowsOf(left.id)]).toEqual([2, 0]);
    });
  });

  it('stay readable when the epoch is rotated', async () => {
    const bytes = randomBytes(9);
    const ids = [(await write(bytes)).id, (await write(bytes, { subjectId: await aSubject() })).id];
    expect((await test.get(KeyRotation).rotate()).fileKeys).toBeGreaterThanOrEqual(2);
    for (const id of ids) expect((await read(id, inAnotherProcess())).equals(bytes)).toBe(true);
  });

  it('are passed on: they end with whose they are now, and no longer with whose they were', async () => {
    const [first, second] = [await aSubject(), await aSubject()];
    const bytes = randomBytes(chunkBytes + 1);
    const [ofNobody, ofFirst] = [await write(bytes), await write(bytes, { subjectId: first })];
    for (const { id } of [ofNobody, ofFirst]) await files.passOn(id, second.toUpperCase());
    await test.get(Vault).destroyKeys(first);
    for (const { id } of [ofNobody, ofFirst]) expect((await read(id, inAnotherProcess())).equals(bytes)).toBe(true);
    await test.get(Vault).destroyKeys(second);
    for (const { id } of [ofNobody, ofFirst])
      await expect(files.read(id)).rejects.toEqual(refusal('vault.key_destroyed'));
    await expect(files.passOn(newId(), second)).rejects.toEqual(gone);
  });

  describe('that are being written', () => {
    /** Content that stops after two chunks until it is let go on. */
    function stopping(): { content: AsyncGenerator<Buffer>; isStopped: Promise<void>; goOn: () => void } {
      const [stopped, goesOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      async function* content(): AsyncGenerator<Buffer> {
        yield randomBytes(2 * chunkBytes + 1);
        stopped.resolve();
        await goesOn.promise;
        yield randomBytes(chunkBytes);
      }
      return { content: content(), isStopped: stopped.promise, goOn: goesOn.resolve };
    }

    const chunksInAll = async () => (await db.query('SELECT number FROM vault.sealed_file_chunks')).length;
    const unfinished = () => db.query<{ id: string }>('SELECT id FROM vault.sealed_files WHERE bytes IS NULL');

    it('leave nothing when their content breaks off', async () => {
      const before = await chunksInAll();
      async function* broken(): AsyncGenerator<Buffer> {
        yield randomBytes(3 * chunkBytes);
        throw new Error('the line is cut');
      }
      await expect(files.write({ content: broken(), expiresAt: null })).rejects.toThrow('the line is cut');
      expect(await chunksInAll()).toBe(before);
      expect(await unfinished()).toEqual([]);
    });

    it('cannot be read or kept, and are swept a day after whoever wrote them has died', async () => {
      const { content, isStopped, goOn } = stopping();
      const writing = files.write({ content, expiresAt: null });
      writing.catch(() => undefined);
      await isStopped;
      const [{ id } = { id: '' }] = await unfinished();
      expect(await rowsOf(id)).toBe(3);
      await expect(files.read(id)).rejects.toEqual(gone);
      await expect(files.keep(id)).rejects.toEqual(gone);
      await sweep();
      expect(await rowsOf(id)).toBe(3);
      await advance('P1D');
      await sweep();
      expect(await rowsOf(id)).toBe(0);
      goOn();
      await expect(writing).rejects.toEqual(gone);
      expect(await rowsOf(id)).toBe(0);
    });

    it('are deleted behind a chunk that is just being stored', async () => {
      const { content, isStopped, goOn } = stopping();
      const writing = files.write({ content, expiresAt: null });
      writing.catch(() => undefined);
      await isStopped;
      const [{ id } = { id: '' }] = await unfinished();
      let deleting: Promise<unknown> = Promise.resolve();
      await db.transaction(async () => {
        await db.execute(
          `INSERT INTO vault.sealed_file_chunks SELECT id, 99, '\\x00' FROM vault.sealed_files WHERE id = $1 FOR KEY SHARE`,
          [id],
        );
        deleting = db.outside(() => files.delete(id));
        await untilSomeoneWaits(db);
      });
      await deleting;
      expect(await rowsOf(id)).toBe(0);
      goOn();
      await expect(writing).rejects.toEqual(gone);
    });
  });

  it('take the memory of a few chunks, however long they are', async () => {
    const [length, every] = [64 * mebibyte, 8 * mebibyte];
    const hashes = { written: createHash('sha256'), read: createHash('sha256') };
    const before = livingMemory();
    let [most, seen] = [0, 0];
    const pass = (bytes: Buffer, hash: Hash) => {
      hash.update(bytes);
      seen += bytes.length;
      if (seen % every === 0) most = Math.max(most, livingMemory() - before);
    };
    async function* content(): AsyncGenerator<Buffer> {
      for (let made = 0; made < length; made += mebibyte) {
        const block = randomBytes(mebibyte);
        pass(block, hashes.written);
        yield block;
      }
    }
    const { id } = await files.write({ content: content(), expiresAt: null });
    for await (const chunk of (await files.read(id)).content) pass(chunk as Buffer, hashes.read);
    expect(hashes.read.digest('hex')).toBe(hashes.written.digest('hex'));
    expect(seen).toBe(2 * length);
    expect(most).toBeLessThan(length / 2);
    await files.delete(id);
  }, 60_000);
});

/** In bytes, of what is still in use. */
function livingMemory(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // Buffers that the first time finds unused are given back by the second one.
  collect();
  collect();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}
