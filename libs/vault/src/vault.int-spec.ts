import { newId } from '@abide/kernel';
import { joinPersistence } from '@abide/platform';
import { platformPersistence } from '@abide/platform/persistence';
import { createTestApp, type TestApp } from '@abide/platform/testing';
import { Module, Global } from '@nestjs/common';
import { Authenticator } from '@abide/platform';
import { IdentifierClaims } from './identifier-claims.service.js';
import { vaultPersistence } from './persistence.js';
import { VaultModule } from './vault.module.js';
import { Vault } from './vault.service.js';

class Nobody extends Authenticator {
  async bearer(): Promise<null> {
    return null;
  }
  async operatorSession(): Promise<null> {
    return null;
  }
}

@Global()
@Module({ providers: [{ provide: Authenticator, useClass: Nobody }], exports: [Authenticator] })
class NobodyModule {}

describe('the vault', () => {
  let test: TestApp;
  let vault: Vault;
  beforeAll(async () => {
    test = await createTestApp([NobodyModule, VaultModule], joinPersistence(platformPersistence, vaultPersistence));
    vault = test.get(Vault);
  });
  afterAll(() => test.close());

  it('opens what it sealed', async () => {
    const subjectId = newId();
    await vault.createKeys(subjectId);
    const place = { subjectId, table: 'identity.profiles', column: 'name', rowId: subjectId };
    expect(await vault.open(place, await vault.seal(place, '李小明'))).toBe('李小明');
  });

  it('gives an identifier to one', async () => {
    const claims = test.get(IdentifierClaims);
    const [a, b] = [newId(), newId()];
    await claims.claim({ type: 'phone', value: '1', subjectId: a });
    await claims.claim({ type: 'phone', value: '1', subjectId: b });
    await claims.confirm({ type: 'phone', value: '1', subjectId: a });
    await expect(claims.confirm({ type: 'phone', value: '1', subjectId: b })).rejects.toMatchObject({ code: 'identifier.taken' });
    expect(await claims.findOwner('phone', '1')).toBe(a);
  });
});
