import { Global, Module } from '@nestjs/common';
import { newId } from '@abide/kernel';
import { Authenticator, Database, joinPersistence } from '@abide/platform';
import { platformPersistence } from '@abide/platform/persistence';
import { createTestApp, keepsTheHolderContract, type TestApp } from '@abide/platform/testing';
import { vaultPersistence } from '@abide/vault/persistence';
import pg from 'pg';
import { AuditHolder } from './audit.holder.js';
import { AuditModule } from './audit.module.js';
import { Audit } from './audit.service.js';
import { auditPersistence } from './persistence.js';

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

describe('the holder of openings', () => {
  let test: TestApp;
  let owner: pg.Client;
  beforeAll(async () => {
    test = await createTestApp(
      [NobodySignsInModule, AuditModule],
      joinPersistence(platformPersistence, vaultPersistence, auditPersistence),
    );
    owner = new pg.Client({ connectionString: test.databaseUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await test.close();
  });

  async function seed(words: string): Promise<string> {
    const subjectId = newId();
    const actor = { kind: 'subject', id: subjectId } as const;
    await test.get(Database).transaction(() =>
      test.get(Audit).record({
        act: 'consent.grant',
        object: { type: 'subject', id: subjectId },
        subjectId,
        actor,
        reason: words,
      }),
    );
    return subjectId;
  }

  keepsTheHolderContract(() => ({
    holder: test.get(AuditHolder),
    db: test.get(Database),
    databaseUrl: test.databaseUrl,
    schema: 'audit',
    seed,
    words: 'kept',
    supplies: null,
    destroyKeys: (subjectId) =>
      owner.query(
        "INSERT INTO vault.subject_keys (subject_id, kind, created_at, destroyed_at) VALUES ($1, 'ordinary', now(), now()) ON CONFLICT DO NOTHING",
        [subjectId],
      ),
    fallDue: null,
  }));
});
