import { Readable } from 'node:stream';
import { Clock, newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import { keepsTheHolderContract, type TestApp } from '@abide/platform/testing';
import { SealedFiles } from './files/sealed-files.service.js';
import { IdentifierClaims } from './identifier-claims.service.js';
import { VaultHolder } from './vault.holder.js';
import { Vault } from './vault.service.js';
import { startVault } from './testing/vault.js';

describe('the holder of claims and keys', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startVault();
  });
  afterAll(() => test.close());

  const inAWeek = () => new Date(test.get(Clock).now().getTime() + 7 * 86_400_000);

  async function seed(words: string): Promise<string> {
    const subjectId = newId();
    await test.get(Vault).createKeys(subjectId);
    await test.get(IdentifierClaims).confirm({ type: 'email', value: `${words}@example.com`, subjectId });
    await test.get(IdentifierClaims).claim({ type: 'phone', value: `+86 ${words}`, subjectId });
    const content = Readable.from([Buffer.from(words)]);
    await test.get(SealedFiles).write({ content, subjectId, expiresAt: inAWeek() });
    return subjectId;
  }

  keepsTheHolderContract(() => ({
    holder: test.get(VaultHolder),
    db: test.get(Database),
    databaseUrl: test.databaseUrl,
    schema: 'vault',
    seed,
    words: 'nowhere',
    supplies: null,
    destroyKeys: async () => undefined,
    open: (place, sealed) => test.get(Vault).open(place, sealed),
    fallDue: async () => new Date(test.get(Clock).now().getTime() + 8 * 86_400_000),
    stays: { 'vault.subject_keys': 'The tombstone keeps keys from being made again' },
  }));

  it('has destroyed the ordinary key when it is done, and left the retained one', async () => {
    const subjectId = await seed('erased');
    const place = { subjectId, table: 'identity.profile_fields', column: 'value', rowId: 'name' };
    const retained = await test.get(Vault).seal(place, 'kept', { key: 'retained' });
    const sealed = await test.get(Vault).seal(place, 'gone');
    expect((await test.get(VaultHolder).erase(subjectId)).counts).toContainEqual({
      category: 'none',
      table: 'vault.subject_keys',
      count: 1,
    });
    await expect(test.get(Vault).open(place, sealed)).rejects.toMatchObject({ code: 'vault.key_destroyed' });
    expect(await test.get(Vault).open(place, retained)).toBe('kept');
  });
});
