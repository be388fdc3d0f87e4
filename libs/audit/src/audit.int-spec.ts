import { Global, Module } from '@nestjs/common';
import { newId } from '@abide/kernel';
import { Authenticator, Database, HolderRegistry, joinPersistence, type OperatorPrincipal } from '@abide/platform';
import { platformPersistence } from '@abide/platform/persistence';
import { createTestApp, uncoveredPersonalData, type TestApp } from '@abide/platform/testing';
import type { FastifyRequest } from 'fastify';
import pg from 'pg';
import { AuditModule } from './audit.module.js';
import { Audit } from './audit.service.js';
import type { Act } from './evidence.rules.js';
import { auditPersistence } from './persistence.js';

const auditor = { kind: 'operator', operatorId: newId(), name: 'Fang Yuan', roles: ['auditor'], sessionId: newId(), stepUpUntil: null } as const;

class HeaderAuthenticator extends Authenticator {
  async bearer(): Promise<null> {
    return null;
  }
  async operatorSession(request: FastifyRequest): Promise<OperatorPrincipal | null> {
    const permission = request.headers['x-permission'];
    return typeof permission === 'string' ? { ...auditor, permissions: new Set([permission]) } : null;
  }
}

@Global()
@Module({ providers: [{ provide: Authenticator, useClass: HeaderAuthenticator }], exports: [Authenticator] })
class SignInModule {}

const allowed = { 'x-permission': 'audit.read' };

describe('the audit trail', () => {
  let test: TestApp;
  let db: Database;
  let audit: Audit;
  let owner: pg.Client;
  beforeAll(async () => {
    test = await createTestApp([SignInModule, AuditModule], joinPersistence(platformPersistence, auditPersistence));
    db = test.get(Database);
    audit = test.get(Audit);
    owner = new pg.Client({ connectionString: test.databaseUrl });
    await owner.connect();
    await owner.query('CREATE TABLE acts (id uuid PRIMARY KEY); GRANT SELECT, INSERT ON acts TO abide_app');
  });
  afterAll(async () => {
    await owner.end();
    await test.close();
  });

  const record = (act: Partial<Act> = {}) => db.transaction(() => audit.record({ act: 'policy.approved', object: { type: 'revision', id: newId() }, ...act }));
  const list = async (query = '') => (await test.request({ method: 'GET', path: `operator/audit/entries${query}`, headers: allowed })).body;

  it('lists an act with its actor, object, reason and details', async () => {
    const subjectId = newId();
    const actor = { kind: 'operator', id: newId(), name: 'Lin Tao' } as const;
    await record({ act: 'subject.revealed', subjectId, reason: '客户来电核实', actor, object: { type: 'subject', id: subjectId }, details: { fields: 2, urgent: false } });
    const { items } = await list(`?subjectId=${subjectId}`);
    expect(items).toEqual([
      expect.objectContaining({ act: 'subject.revealed', actor, object: { type: 'subject', id: subjectId }, subjectId, reason: '客户来电核实', details: { fields: 2, urgent: false }, isIntact: true }),
    ]);
  });

  it('refuses to record outside of a transaction', async () => {
    await expect(audit.record({ act: 'policy.approved', object: { type: 'revision', id: newId() } })).rejects.toThrow('inside the transaction');
  });

  it('covers and classifies everything it keeps about a subject', () => {
    expect(uncoveredPersonalData(auditPersistence, test.get(HolderRegistry).all())).toEqual([]);
  });
});
