import { setTimeout } from 'node:timers/promises';
import { newId } from '@abide/kernel';
import { Database, HolderRegistry } from '@abide/platform';
import { untilSomeoneWaits, uncoveredPersonalData, type TestApp } from '@abide/platform/testing';
import { vaultPersistence } from './persistence.js';
import { Vault, type Place } from './vault.service.js';
import { anotherProcess, aPlace, startVault } from './testing/vault.js';

const refusal = (code: string) => expect.objectContaining({ code });

describe('the vault', () => {
  let test: TestApp;
  let db: Database;
  let vault: Vault;
  beforeAll(async () => {
    test = await startVault();
    db = test.get(Database);
    vault = test.get(Vault);
  });
  afterAll(() => test.close());

  async function aSubjectsPlace(): Promise<Place> {
    const place = aPlace();
    await vault.createKeys(place.subjectId);
    return place;
  }

  it('opens what it sealed, in any process', async () => {
    const place = await aSubjectsPlace();
    const sealed = await vault.seal(place, '李小明');
    expect(await vault.open(place, sealed)).toBe('李小明');
    expect(await anotherProcess(test).open(place, sealed)).toBe('李小明');
  });

  it('opens nothing that was moved to another row, column, table or subject', async () => {
    const place = await aSubjectsPlace();
    const other = await aSubjectsPlace();
    const sealed = await vault.seal(place, '李小明');
    for (const change of [
      { rowId: other.rowId },
      { column: 'email' },
      { table: 'identity.contacts' },
      { subjectId: other.subjectId },
    ]) {
      await expect(vault.open({ ...place, ...change }, sealed)).rejects.toEqual(refusal('vault.unreadable'));
    }
  });

  it('seals nothing for a subject without keys', async () => {
    await expect(vault.seal(aPlace(), '李小明')).rejects.toEqual(refusal('vault.keys_missing'));
  });

  it('refuses text that would not come back as it was', async () => {
    await expect(vault.seal(await aSubjectsPlace(), 'half \ud83d')).rejects.toEqual(refusal('vault.malformed_text'));
  });

  it('takes a subject id in either case', async () => {
    const place = await aSubjectsPlace();
    const sealed = await vault.seal({ ...place, subjectId: place.subjectId.toUpperCase() }, '李小明');
    expect(await vault.open(place, sealed)).toBe('李小明');
  });

  it('seals under no key that was undone, whoever made the one that stands', async () => {
    const place = aPlace();
    const other = anotherProcess(test);
    await db
      .transaction(async () => {
        await vault.createKeys(place.subjectId);
        await vault.seal(place, 'undone');
        throw new Error('undo');
      })
      .catch(() => undefined);
    await other.createKeys(place.subjectId);
    const sealed = await db.transaction(async () =>
      (await vault.sealer([place.subjectId])).seal(place, 'acknowledged'),
    );
    expect(await other.open(place, sealed)).toBe('acknowledged');
  });

  it('seals many without waiting, for those whose keys live', async () => {
    const [place, gone, nobody] = [await aSubjectsPlace(), await aSubjectsPlace(), aPlace()];
    await vault.destroyKeys(gone.subjectId);
    await db.transaction(async () => {
      const sealer = await vault.sealer([place.subjectId, gone.subjectId, nobody.subjectId]);
      expect([place, gone, nobody].map(({ subjectId }) => sealer.has(subjectId))).toEqual([true, false, false]);
      expect(await vault.open(place, sealer.seal(place, '李小明'))).toBe('李小明');
      expect(() => sealer.seal(gone, 'x')).toThrow(refusal('vault.keys_missing'));
    });
    await expect(vault.sealer([place.subjectId])).rejects.toThrow('none is open');
  });

  it('makes one pair of keys when two processes make them at once', async () => {
    const place = aPlace();
    const other = anotherProcess(test);
    await Promise.all([
      vault.createKeys(place.subjectId),
      other.createKeys(place.subjectId),
      other.createKeys(place.subjectId),
    ]);
    expect(await other.open(place, await vault.seal(place, 'one'))).toBe('one');
    expect(await db.query('SELECT kind FROM vault.subject_keys WHERE subject_id = $1', [place.subjectId])).toHaveLength(
      2,
    );
  });

  it('keeps the keys when they are made again', async () => {
    const place = await aSubjectsPlace();
    const sealed = await vault.seal(place, 'still mine');
    await vault.createKeys(place.subjectId);
    expect(await vault.open(place, sealed)).toBe('still mine');
  });

  it('forgets the keys of a transaction that was rolled back', async () => {
    const place = aPlace();
    const rolledBack = db.transaction(async () => {
      await vault.createKeys(place.subjectId);
      await vault.seal(place, 'never');
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    await expect(vault.seal(place, 'never')).rejects.toEqual(refusal('vault.keys_missing'));
  });

  it('prepares the keys of many subjects for a transaction', async () => {
    const places = [await aSubjectsPlace(), await aSubjectsPlace(), aPlace()];
    await db.transaction(async () => {
      await vault.prepare(
        places.map(({ subjectId }) => subjectId),
        'seal',
      );
      const [first, second, none] = places;
      if (!first || !second || !none) throw new Error('three places');
      expect(await vault.open(first, await vault.seal(first, 'a'))).toBe('a');
      expect(await vault.open(second, await vault.seal(second, 'b'))).toBe('b');
      await expect(vault.seal(none, 'c')).rejects.toEqual(refusal('vault.keys_missing'));
    });
  });

  it('opens without waiting whose keys were prepared, and nobody else’s', async () => {
    const [known, other] = [await aSubjectsPlace(), await aSubjectsPlace()];
    const [sealed, elsewhere] = [await vault.seal(known, 'a'), await vault.seal(other, 'b')];
    const retained = await vault.seal(known, 'c', { key: 'retained' });
    const open = (place: Place, value: Buffer) => vault.opener(place)(place.rowId, value);
    await db.transaction(async () => {
      await vault.prepare([known.subjectId], 'open');
      const opener = vault.opener(known);
      expect([sealed, retained, sealed].map((value) => opener(known.rowId, value))).toEqual(['a', 'c', 'a']);
      expect(() => opener(other.rowId, sealed)).toThrow(refusal('vault.unreadable'));
      expect(() => open({ ...known, column: 'other' }, sealed)).toThrow(refusal('vault.unreadable'));
      expect(() => open(other, elsewhere)).toThrow(refusal('vault.keys_missing'));
    });
    expect(() => open(known, sealed)).toThrow(refusal('vault.keys_missing'));
    await vault.destroyKeys(known.subjectId);
    await db.transaction(async () => {
      await vault.prepare([known.subjectId], 'open');
      expect(() => open(known, sealed)).toThrow(refusal('vault.key_destroyed'));
    });
  });

  it('prepares keys only for the rest of a transaction, and as firmly as sealing needs', async () => {
    const place = await aSubjectsPlace();
    await expect(vault.prepare([place.subjectId], 'seal')).rejects.toThrow('none is open');
    const sealed = await vault.seal(place, 'before');
    for (const before of [
      () => vault.prepare([place.subjectId], 'seal'),
      async () => void (await vault.open(place, sealed), await vault.seal(place, 'after')),
    ]) {
      const order: string[] = [];
      let waiting = Promise.resolve();
      await db.transaction(async () => {
        await before();
        const lock = 'SELECT 1 FROM vault.subject_keys WHERE subject_id = $1 FOR UPDATE';
        waiting = db
          .outside(() => db.transaction(() => db.query(lock, [place.subjectId])))
          .then(() => void order.push('destroyer'));
        await untilSomeoneWaits(db);
        order.push('stored');
      });
      await waiting;
      expect(order).toEqual(['stored', 'destroyer']);
    }
  });

  it('retains a value so that it outlives the ordinary key', async () => {
    const place = await aSubjectsPlace();
    const retained = await vault.retain(place, await vault.seal(place, 'evidence'));
    const added = await vault.retain(place, await vault.seal(place, 'evidence'), (text) => `${text}, and more`);
    const empty = await vault.retain(place, null);
    const fresh = await vault.retain(place, null, (text) => `was ${text}`);
    expect(await vault.retain(place, retained, () => 'something else')).toBe(retained);
    await vault.destroyKeys(place.subjectId, 'ordinary');
    const opened = await Promise.all([retained, added, empty, fresh].map((one) => vault.open(place, one!)));
    expect(opened).toEqual(['evidence', 'evidence, and more', '', 'was null']);
  });

  it('retains nothing of what can no longer be opened, and takes no other failure for that', async () => {
    const place = await aSubjectsPlace();
    const sealed = await vault.seal(place, 'gone');
    await expect(vault.retain({ ...place, column: 'email' }, sealed)).rejects.toEqual(refusal('vault.unreadable'));
    await vault.destroyKeys(place.subjectId, 'ordinary');
    expect(await vault.retain(place, sealed)).toBeNull();
  });

  it('tells whose keys were destroyed', async () => {
    const [living, gone, half] = [await aSubjectsPlace(), await aSubjectsPlace(), await aSubjectsPlace()];
    await vault.destroyKeys(gone.subjectId);
    await vault.destroyKeys(half.subjectId, 'retained');
    const asked = [living, gone, half, aPlace()].map(({ subjectId }) => subjectId);
    expect(await vault.destroyedAmong(asked)).toEqual(new Set([gone.subjectId, half.subjectId]));
    expect(await vault.destroyedAmong([])).toEqual(new Set());
  });

  describe('once a key is destroyed', () => {
    it('opens nothing sealed under it, in no process, not even one that used the key before', async () => {
      const place = await aSubjectsPlace();
      const other = anotherProcess(test);
      const sealed = await vault.seal(place, '李小明');
      expect(await other.open(place, sealed)).toBe('李小明');
      await vault.destroyKeys(place.subjectId);
      for (const process of [vault, other, anotherProcess(test)]) {
        await expect(process.open(place, sealed)).rejects.toEqual(refusal('vault.key_destroyed'));
        await expect(process.seal(place, 'again')).rejects.toEqual(refusal('vault.key_destroyed'));
      }
    });

    it('never makes a key for that subject again', async () => {
      const { subjectId } = await aSubjectsPlace();
      await vault.destroyKeys(subjectId, 'ordinary');
      await expect(vault.createKeys(subjectId)).rejects.toEqual(refusal('vault.key_destroyed'));
      await expect(anotherProcess(test).createKeys(subjectId)).rejects.toEqual(refusal('vault.key_destroyed'));
    });

    it('leaves a tombstone for a subject that never had keys', async () => {
      const subjectId = newId();
      await vault.destroyKeys(subjectId);
      await expect(vault.createKeys(subjectId)).rejects.toEqual(refusal('vault.key_destroyed'));
    });

    it('keeps what was sealed under the retained key until that one goes too', async () => {
      const place = await aSubjectsPlace();
      const sealed = await vault.seal(place, 'evidence', { key: 'retained' });
      await vault.destroyKeys(place.subjectId, 'ordinary');
      expect(await vault.open(place, sealed)).toBe('evidence');
      await vault.destroyKeys(place.subjectId, 'retained');
      await expect(vault.open(place, sealed)).rejects.toEqual(refusal('vault.key_destroyed'));
    });

    it('keeps the time of the first destruction and nothing of the key', async () => {
      const { subjectId } = await aSubjectsPlace();
      const rows = () =>
        db.query('SELECT epoch, wrapped, destroyed_at FROM vault.subject_keys WHERE subject_id = $1 ORDER BY kind', [
          subjectId,
        ]);
      await vault.destroyKeys(subjectId);
      const first = await rows();
      await setTimeout(5);
      await vault.destroyKeys(subjectId);
      expect(first).toEqual([1, 2].map(() => ({ epoch: null, wrapped: null, destroyed_at: expect.any(Date) })));
      expect(await rows()).toEqual(first);
    });

    it('opens again when the destruction is rolled back', async () => {
      const place = await aSubjectsPlace();
      const sealed = await vault.seal(place, 'spared');
      const rolledBack = db.transaction(async () => {
        expect(await vault.open(place, sealed)).toBe('spared');
        await vault.destroyKeys(place.subjectId);
        await expect(vault.open(place, sealed)).rejects.toEqual(refusal('vault.key_destroyed'));
        throw new Error('rolled back');
      });
      await expect(rolledBack).rejects.toThrow('rolled back');
      expect(await vault.open(place, sealed)).toBe('spared');
    });

    it('has waited for the transactions that were sealing', async () => {
      const place = await aSubjectsPlace();
      const order: string[] = [];
      let destruction = Promise.resolve();
      await db.transaction(async () => {
        await vault.seal(place, 'in flight');
        destruction = db
          .outside(() => anotherProcess(test).destroyKeys(place.subjectId))
          .then(() => void order.push('destroyed'));
        await untilSomeoneWaits(db);
        order.push('stored');
      });
      await destruction;
      expect(order).toEqual(['stored', 'destroyed']);
    });
  });

  describe('derived keys', () => {
    it('are the same for the same owner and use in every process, and no other', async () => {
      const key = await vault.derivedKey('drafts', 'somebody');
      expect(key).toHaveLength(32);
      expect(await anotherProcess(test).derivedKey('drafts', 'somebody')).toEqual(key);
      const others = [
        await vault.derivedKey('drafts', 'somebody else'),
        await vault.derivedKey('letters', 'somebody'),
        await vault.blindIndex('drafts', 'somebody'),
      ];
      for (const other of others) expect(other).not.toEqual(key);
    });
  });

  describe('blind indexes', () => {
    it('are the same for the same value in every process', async () => {
      const index = await vault.blindIndex('idNumber', '310101198001010000');
      expect(index).toHaveLength(32);
      expect(await anotherProcess(test).blindIndex('idNumber', '310101198001010000')).toEqual(index);
      expect(await vault.blindIndex('idNumber', '310101198001010001')).not.toEqual(index);
    });

    it('cannot be compared across columns', async () => {
      expect(await vault.blindIndex('phone', '13800000000')).not.toEqual(
        await vault.blindIndex('contactPhone', '13800000000'),
      );
    });

    it('agree when two processes first use a column at once', async () => {
      const processes = [anotherProcess(test), anotherProcess(test), anotherProcess(test)];
      const indexes = await Promise.all(processes.map((process) => process.blindIndex('plate', '沪A00000')));
      expect(new Set(indexes.map((index) => index.toString('hex'))).size).toBe(1);
    });

    it('survive a rolled back first use', async () => {
      const lost: Buffer[] = [];
      const rolledBack = db.transaction(async () => {
        lost.push(await vault.blindIndex('passport', 'E00000000'));
        throw new Error('rolled back');
      });
      await expect(rolledBack).rejects.toThrow('rolled back');
      const kept = await vault.blindIndex('passport', 'E00000000');
      expect(kept).not.toEqual(lost[0]);
      expect(await anotherProcess(test).blindIndex('passport', 'E00000000')).toEqual(kept);
    });
  });

  it('opens a secret of the server under its own name only', async () => {
    const sealed = await vault.sealSecret('identity.signing-key', 'private');
    expect(await anotherProcess(test).openSecret('identity.signing-key', sealed)).toBe('private');
    await expect(vault.openSecret('identity.totp', sealed)).rejects.toEqual(refusal('vault.unreadable'));
  });

  it("does not take a secret of the server for a subject's value", async () => {
    const place = await aSubjectsPlace();
    await expect(vault.open(place, await vault.sealSecret('identity.totp', 'secret'))).rejects.toEqual(
      refusal('vault.unreadable'),
    );
  });

  it('covers and classifies everything it keeps about a subject', () => {
    expect(uncoveredPersonalData(vaultPersistence, test.get(HolderRegistry).all())).toEqual([]);
  });
});
