import { Global, Module } from '@nestjs/common';
import { Clock, newId } from '@abide/kernel';
import { Authenticator, Database, joinPersistence } from '@abide/platform';
import { platformPersistence } from '@abide/platform/persistence';
import { createTestApp, type TestApp } from '@abide/platform/testing';
import { EpochKeys } from '../epoch-keys.service.js';
import { KeyProvider } from '../key-provider.js';
import { vaultPersistence } from '../persistence.js';
import { ServerKeys } from '../server-keys.service.js';
import { SubjectKeys } from '../subject-keys.service.js';
import { Suppressions } from '../suppressions.js';
import { VaultModule } from '../vault.module.js';
import { Vault, type Place } from '../vault.service.js';

class NobodySignsIn extends Authenticator {
  async bearer(): Promise<null> {
    return null;
  }
  async operatorSession(): Promise<null> {
    return null;
  }
}

@Global()
@Module({ providers: [{ provide: Authenticator, useClass: NobodySignsIn }], exports: [Authenticator] })
class NobodySignsInModule {}

/** The vault's module on a database of its own. */
export function startVault(): Promise<TestApp> {
  return createTestApp([NobodySignsInModule, VaultModule], joinPersistence(platformPersistence, vaultPersistence));
}

/** A vault over the same database that shares no memory with the first. */
export function anotherProcess(test: TestApp): Vault {
  const [db, clock] = [test.get(Database), test.get(Clock)];
  const epochs = new EpochKeys(db, test.get(KeyProvider), clock);
  return new Vault(new SubjectKeys(db, epochs, clock), new ServerKeys(db, epochs, clock), test.get(Suppressions), db);
}

export function aPlace(change: Partial<Place> = {}): Place {
  return { subjectId: newId(), table: 'identity.profiles', column: 'name', rowId: newId(), ...change };
}
