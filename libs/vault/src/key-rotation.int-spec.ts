import { Database } from '@abide/platform';
import { untilSomeoneWaits, type TestApp } from '@abide/platform/testing';
import { EpochKeys } from './epoch-keys.service.js';
import { KeyRotation } from './key-rotation.service.js';
import { Vault, type Place } from './vault.service.js';
import { anotherProcess, aPlace, startVault } from './testing/vault.js';

const destroyed = expect.objectContaining({ code: 'vault.key_destroyed' });

describe('rotating the epoch', () => {
  let test: TestApp;
  let db: Database;
  let vault: Vault;
  let rotation: KeyRotation;
  beforeAll(async () => {
    test = await startVault();
    db = test.get(Database);
    vault = test.get(Vault);
    rotation = test.get(KeyRotation);
  });
  afterAll(() => test.close());

  async function aSealed(text: string): Promise<{ place: Place; sealed: Buffer }> {
    const place = aPlace();
    await vault.createKeys(place.subjectId);
    return { place, sealed: await vault.seal(place, text) };
  }

  const epochs = async () =>
    (await db.query<{ epoch: number }>('SELECT epoch FROM vault.epoch_keys ORDER BY epoch')).map(({ epoch }) => epoch);

  it("opens what was sealed before it: subjects' values, secrets, indexes and derived keys", async () => {
    const { place, sealed } = await aSealed('before');
    const secret = await vault.sealSecret('identity.totp', 'secret');
    const index = await vault.blindIndex('phone', '13800000000');
    const derived = await vault.derivedKey('drafts', 'somebody');
    const { epoch } = await rotation.rotate();
    for (const process of [vault, anotherProcess(test)]) {
      expect(await process.open(place, sealed)).toBe('before');
      expect(await process.openSecret('identity.totp', secret)).toBe('secret');
      expect(await process.blindIndex('phone', '13800000000')).toEqual(index);
      expect(await process.derivedKey('drafts', 'somebody')).toEqual(derived);
    }
    expect(await epochs()).toEqual([epoch]);
  });

  it('moves more keys than fit one batch', async () => {
    for (let made = 0; made < 260; made += 1) await vault.createKeys(aPlace().subjectId);
    const { epoch, subjectKeys } = await rotation.rotate();
    expect(subjectKeys).toBeGreaterThanOrEqual(520);
    expect(await db.query('SELECT 1 FROM vault.subject_keys WHERE epoch <> $1', [epoch])).toEqual([]);
  });

  it('does not bring back a destroyed key', async () => {
    const { place, sealed } = await aSealed('erased');
    await vault.destroyKeys(place.subjectId);
    await rotation.rotate();
    await expect(vault.open(place, sealed)).rejects.toEqual(destroyed);
    await expect(vault.createKeys(place.subjectId)).rejects.toEqual(destroyed);
  });

  it('does not bring back a key that is destroyed while it runs', async () => {
    const { place, sealed } = await aSealed('erased meanwhile');
    let rotating: Promise<unknown> = Promise.resolve();
    await db.transaction(async () => {
      await vault.destroyKeys(place.subjectId);
      rotating = db.outside(() => rotation.rotate());
      await untilSomeoneWaits(db);
    });
    await rotating;
    await expect(anotherProcess(test).open(place, sealed)).rejects.toEqual(destroyed);
  });

  it('waits for keys that are being made under the old epoch, and moves them too', async () => {
    const place = aPlace();
    let rotating: Promise<{ epoch: number }> = Promise.resolve({ epoch: 0 });
    await db.transaction(async () => {
      const old = await test.get(EpochKeys).currentEpoch();
      rotating = db.outside(() => rotation.rotate());
      await untilSomeoneWaits(db);
      expect(await epochs()).toContain(old);
      await vault.createKeys(place.subjectId);
    });
    const { epoch } = await rotating;
    expect(await epochs()).toEqual([epoch]);
    expect(await vault.open(place, await vault.seal(place, 'moved'))).toBe('moved');
  });

  it('closes the wrapped keys of older backups for good', async () => {
    const { place } = await aSealed('in a backup');
    const [backup] = await db.query<{ epoch: number; wrapped: Buffer }>(
      'SELECT epoch, wrapped FROM vault.subject_keys WHERE subject_id = $1 AND kind = $2',
      [place.subjectId, 'ordinary'],
    );
    await vault.destroyKeys(place.subjectId);
    await rotation.rotate();
    expect(await epochs()).not.toContain(backup?.epoch);
  });

  it('is refused inside a transaction', async () => {
    await expect(db.transaction(() => rotation.rotate())).rejects.toThrow('transactions of its own');
  });
});
