import { Controller, Global, HttpCode, Module, Post } from '@nestjs/common';
import { newId } from '@abide/kernel';
import {
  Authenticator,
  Database,
  ForClient,
  ForOperator,
  ForSubject,
  HolderRegistry,
  joinPersistence,
  type Holder,
  type OperatorPrincipal,
  type Principal,
} from '@abide/platform';
import { platformPersistence } from '@abide/platform/persistence';
import { createTestApp, erasedRows, uncoveredPersonalData, type TestApp } from '@abide/platform/testing';
import { vaultPersistence } from '@abide/vault/persistence';
import fc from 'fast-check';
import type { FastifyRequest } from 'fastify';
import pg from 'pg';
import { AuditModule } from './audit.module.js';
import { Audit } from './audit.service.js';
import type { Act } from './evidence.rules.js';
import { auditPersistence } from './persistence.js';

const operator = {
  kind: 'operator',
  operatorId: newId(),
  name: 'Fang Yuan',
  roles: ['auditor'],
  sessionId: newId(),
  stepUpUntil: null,
} as const;
const subject = { kind: 'subject', subjectId: newId(), subjectKind: 'person', sessionId: newId() } as const;
const client = { kind: 'client', clientId: 'ticketing', scopes: new Set(['probe']), bounds: null } as const;

class TestAuthenticator extends Authenticator {
  async bearer(token: string): Promise<Principal> {
    return token === 'subject' ? subject : client;
  }
  async operatorSession(request: FastifyRequest): Promise<OperatorPrincipal | null> {
    const permission = request.headers['x-permission'];
    return typeof permission === 'string' ? { ...operator, permissions: new Set([permission]) } : null;
  }
}

@Controller('probe')
class ProbeController {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  @Post('operator')
  @HttpCode(204)
  @ForOperator(null)
  asOperator(): Promise<void> {
    return this.act('probe.operator');
  }

  @Post('subject')
  @HttpCode(204)
  @ForSubject()
  asSubject(): Promise<void> {
    return this.act('probe.subject');
  }

  @Post('client')
  @HttpCode(204)
  @ForClient('probe')
  asClient(): Promise<void> {
    return this.act('probe.client');
  }

  private act(act: string): Promise<void> {
    return this.db.transaction(() => this.audit.record({ act, object: { type: 'probe', id: '1' } }));
  }
}

@Global()
@Module({
  controllers: [ProbeController],
  providers: [{ provide: Authenticator, useClass: TestAuthenticator }],
  exports: [Authenticator],
})
class ProbeModule {}

const allowed = { 'x-permission': 'audit.read' };
const anotherPermission = { 'x-permission': 'policy.read' };

describe('the audit trail', () => {
  let test: TestApp;
  let db: Database;
  let audit: Audit;
  let holder: Holder;
  let owner: pg.Client;
  beforeAll(async () => {
    test = await createTestApp(
      [ProbeModule, AuditModule],
      joinPersistence(platformPersistence, vaultPersistence, auditPersistence),
    );
    db = test.get(Database);
    audit = test.get(Audit);
    const [registered] = test.get(HolderRegistry).all();
    if (!registered) throw new Error('The audit registers a holder');
    holder = registered;
    owner = new pg.Client({ connectionString: test.databaseUrl });
    await owner.connect();
    await owner.query('CREATE TABLE acts (id uuid PRIMARY KEY); GRANT SELECT, INSERT ON acts TO abide_app');
  });
  afterAll(async () => {
    await owner.end();
    await test.close();
  });

  const record = (act: Partial<Act> = {}) =>
    db.transaction(() => audit.record({ act: 'policy.approved', object: { type: 'revision', id: newId() }, ...act }));
  const get = (query = '', headers: Record<string, string> = allowed) =>
    test.request({ method: 'GET', path: `operator/audit/entries${query}`, headers });
  const list = async (query = '') => (await get(query)).body;

  describe('records', () => {
    it('an act with its actor, object, reason and details', async () => {
      const subjectId = newId();
      const actor = { kind: 'operator', id: newId(), name: 'Lin Tao' } as const;
      await record({
        act: 'subject.revealed',
        subjectId,
        reason: '客户来电核实',
        actor,
        object: { type: 'subject', id: subjectId },
        details: { fields: 2, urgent: false },
      });
      const { items } = await list(`?subjectId=${subjectId}`);
      expect(items).toEqual([
        expect.objectContaining({
          act: 'subject.revealed',
          actor,
          object: { type: 'subject', id: subjectId },
          subjectId,
          reason: '客户来电核实',
          details: { fields: 2, urgent: false },
          isIntact: true,
        }),
      ]);
    });

    it.each([
      ['operator', { kind: 'operator', id: operator.operatorId, name: 'Fang Yuan' }, null],
      ['subject', { kind: 'subject', id: subject.subjectId }, subject.subjectId],
      ['client', { kind: 'client', id: 'ticketing' }, null],
    ])('the %s of the request and its correlation id', async (kind, actor, subjectId) => {
      const answer = await test.request({ method: 'POST', path: `probe/${kind}`, headers: allowed, token: kind });
      const [entry] = (await list(`?act=probe.${kind}`)).items;
      expect(entry).toMatchObject({ actor, subjectId, correlationId: answer.headers['x-correlation-id'] });
    });

    it('the system outside of requests', async () => {
      const id = newId();
      await record({ object: { type: 'revision', id } });
      expect((await list(`?objectId=${id}`)).items).toEqual([
        expect.objectContaining({ actor: { kind: 'system', id: 'system' }, correlationId: null }),
      ]);
    });

    it('any details so that they come back unchanged and still match their hash', async () => {
      const value = fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
      );
      const details = fc.dictionary(fc.string({ unit: 'grapheme' }), value, { maxKeys: 4, noNullPrototype: true });
      const faithful = details.filter((candidate) => !JSON.stringify(candidate).includes('\\u0000'));
      await fc.assert(
        fc.asyncProperty(faithful, async (given) => {
          const id = newId();
          await record({ object: { type: 'probe', id }, details: given });
          const [entry] = (await list(`?objectId=${id}`)).items;
          expect(entry).toMatchObject({ details: JSON.parse(JSON.stringify(given)), isIntact: true });
        }),
        { numRuns: 60 },
      );
    });

    it('nothing outside of a transaction', async () => {
      await expect(audit.record({ act: 'policy.approved', object: { type: 'revision', id: newId() } })).rejects.toThrow(
        'inside the transaction',
      );
    });
  });

  describe('makes the act fail', () => {
    async function actWithEvidence(id: string): Promise<void> {
      await db.transaction(async () => {
        await db.execute('INSERT INTO acts (id) VALUES ($1)', [id]);
        await audit.record({ act: 'probe.acted', object: { type: 'act', id }, subjectId: newId() });
      });
    }
    const isDone = async (id: string) => (await db.query('SELECT 1 FROM acts WHERE id = $1', [id])).length === 1;

    it.each(['audit.entries', 'audit.openings'])('when %s cannot be written, and nothing is changed', async (table) => {
      const id = newId();
      await owner.query(`REVOKE INSERT ON ${table} FROM abide_app`);
      try {
        await expect(actWithEvidence(id)).rejects.toThrow('permission denied');
      } finally {
        await owner.query(`GRANT INSERT ON ${table} TO abide_app`);
      }
      expect(await isDone(id)).toBe(false);
      await actWithEvidence(id);
      expect(await isDone(id)).toBe(true);
    });

    it('even when somebody swallows that the evidence could not be made', async () => {
      const id = newId();
      const swallowing = db.transaction(async () => {
        await db.execute('INSERT INTO acts (id) VALUES ($1)', [id]);
        await audit
          .record({ act: 'probe.acted', object: { type: 'act', id }, details: { tries: Number.NaN } })
          .catch(() => undefined);
      });
      await expect(swallowing).rejects.toThrow('not a finite number');
      expect(await isDone(id)).toBe(false);
    });

    it('when the act fails, and leaves no evidence of what did not happen', async () => {
      const id = newId();
      await actWithEvidence(id);
      await expect(actWithEvidence(id)).rejects.toThrow('duplicate key');
      expect((await list(`?objectId=${id}`)).items).toHaveLength(1);
    });
  });

  describe('cannot be changed', () => {
    const changes = [
      "UPDATE audit.entries SET act = 'x'",
      'UPDATE audit.entries SET id = id WHERE false',
      'DELETE FROM audit.entries',
      'TRUNCATE audit.entries',
      'TRUNCATE audit.entries CASCADE',
    ];

    it.each(changes)('by the application: %s', async (sql) => {
      await expect(db.query(sql)).rejects.toThrow('permission denied');
    });

    it.each(changes)('by the owner: %s', async (sql) => {
      await record();
      await expect(owner.query(sql)).rejects.toThrow('append-only');
    });

    it('by the owner as a replica, where ordinary triggers sleep', async () => {
      await owner.query('SET session_replication_role = replica');
      try {
        await expect(owner.query('DELETE FROM audit.entries')).rejects.toThrow('append-only');
      } finally {
        await owner.query('RESET session_replication_role');
      }
    });

    it('in its openings either, which the application may only erase', async () => {
      await expect(db.query("UPDATE audit.openings SET reason = 'x'")).rejects.toThrow('permission denied');
    });

    it('unnoticed, by someone who removes the trigger', async () => {
      const id = newId();
      await record({ object: { type: 'revision', id }, details: { number: 3 } });
      await owner.query('ALTER TABLE audit.entries DISABLE TRIGGER append_only');
      await owner.query(`UPDATE audit.entries SET details = '{"number": 4}' WHERE object_id = $1`, [id]);
      await owner.query('ALTER TABLE audit.entries ENABLE ALWAYS TRIGGER append_only');
      expect((await list(`?objectId=${id}`)).items).toEqual([
        expect.objectContaining({ details: { number: 4 }, isIntact: false }),
      ]);
    });

    it('unnoticed, by someone who rewrites a reason', async () => {
      const subjectId = newId();
      await record({ subjectId, reason: 'asked by phone' });
      await owner.query("UPDATE audit.openings SET reason = 'asked by letter' WHERE subject_id = $1", [subjectId]);
      expect((await list(`?subjectId=${subjectId}`)).items).toEqual([expect.objectContaining({ isIntact: false })]);
    });
  });

  describe('when a subject is erased', () => {
    async function eraseWithKeys(subjectId: string): Promise<number> {
      await owner.query(
        "INSERT INTO vault.subject_keys (subject_id, kind, created_at, destroyed_at) VALUES ($1, 'ordinary', now(), now())",
        [subjectId],
      );
      return erasedRows(holder, subjectId);
    }

    it('keeps the entry, intact and telling nothing of the subject', async () => {
      const [subjectId, correlation] = [newId(), newId()];
      await record({
        act: 'subject.revealed',
        object: { type: 'subject', id: subjectId },
        reason: '客户来电核实',
        details: { correlation },
      });
      const row = async () =>
        (await owner.query("SELECT e.* FROM audit.entries AS e WHERE details->>'correlation' = $1", [correlation]))
          .rows;
      const before = await row();
      expect(JSON.stringify(before)).not.toContain(subjectId);
      expect(await eraseWithKeys(subjectId)).toBe(1);
      expect(await row()).toEqual(before);
      expect((await list(`?subjectId=${subjectId}`)).items).toEqual([]);
      const { items } = await list('?act=subject.revealed');
      const erased = items.find(
        (item: { details: { correlation?: string } }) => item.details.correlation === correlation,
      );
      expect(erased).toMatchObject({
        subjectId: null,
        reason: null,
        isIntact: true,
        object: { id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
      });
    });

    it('is done with their keys or not at all', async () => {
      const subjectId = newId();
      await record({ subjectId, reason: 'asked by phone' });
      await expect(holder.erase(subjectId)).rejects.toThrow('end with their keys');
      await expect(db.execute('DELETE FROM audit.openings WHERE subject_id = $1', [subjectId])).rejects.toThrow(
        'end with their keys',
      );
      expect((await list(`?subjectId=${subjectId}`)).items).toHaveLength(1);
    });

    it('leaves the openings of others', async () => {
      const [minor, guardian] = [newId(), newId()];
      await record({ subjectId: minor, actor: { kind: 'subject', id: guardian } });
      await eraseWithKeys(minor);
      const { items } = await list(`?actorId=${guardian}`);
      expect(items).toEqual([
        expect.objectContaining({ actor: { kind: 'subject', id: guardian }, subjectId: null, isIntact: true }),
      ]);
    });
  });

  describe('answers for a subject', () => {
    it('with how many acts of its own there are, so that no count tells what others did', async () => {
      const subjectId = newId();
      await record({ act: 'order.executed', subjectId });
      expect(await holder.describe(subjectId)).toEqual([]);
      await record({ actor: { kind: 'subject', id: subjectId } });
      expect(await holder.describe(subjectId)).toEqual([{ category: 'none', count: 1, since: expect.any(Date) }]);
    });

    it('with its own acts, and not with those of others, which an order may bar it from knowing', async () => {
      const subjectId = newId();
      await record({ act: 'order.executed', subjectId });
      await record({ act: 'consent.withdrawn', actor: { kind: 'subject', id: subjectId } });
      const exported: unknown[] = [];
      for await (const { values } of holder.export(subjectId)) exported.push(values['act']);
      expect(exported).toEqual(['consent.withdrawn']);
    });

    it('for everything it keeps, classified', () => {
      expect(uncoveredPersonalData(auditPersistence, [holder])).toEqual([]);
    });
  });

  describe('is listed', () => {
    it('page by page, newest first, without gaps or repeats', async () => {
      const act = `probe.paged`;
      for (let number = 0; number < 7; number += 1)
        await db.transaction(() => audit.record({ act, object: { type: 'probe', id: String(number) } }));
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page = await list(`?act=${act}&limit=3${cursor && `&cursor=${cursor}`}`);
        seen.push(...page.items.map((item: { object: { id: string } }) => item.object.id));
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(['6', '5', '4', '3', '2', '1', '0']);
    });

    it('by actor, object type and time', async () => {
      const [actorId, type] = [newId(), newId()];
      const actor = { kind: 'operator', id: actorId } as const;
      await record({ actor, object: { type, id: '1' } });
      await record({ actor, object: { type: 'other', id: '2' } });
      await record({ object: { type, id: '3' } });
      const ids = async (query: string) =>
        (await list(query)).items.map((item: { object: { id: string } }) => item.object.id);
      expect(await ids(`?actorId=${actorId}`)).toEqual(['2', '1']);
      expect(await ids(`?objectType=${type}`)).toEqual(['3', '1']);
      expect(await ids(`?actorId=${actorId}&objectType=${type}`)).toEqual(['1']);
      const [{ at }] = (await list(`?objectType=${type}`)).items;
      expect(await ids(`?objectType=${type}&from=${at}`)).toContain('3');
      expect(await ids(`?objectType=${type}&to=${at}`)).not.toContain('3');
      expect(await ids(`?objectType=${type}&from=2999-01-01T00:00:00Z`)).toEqual([]);
    });

    it('by a subject as the one who acted, apart from what others did about it', async () => {
      const id = newId();
      await record({ act: 'probe.others', subjectId: id });
      await record({ act: 'probe.own', subjectId: newId(), actor: { kind: 'subject', id } });
      const acts = async (query: string) => (await list(query)).items.map((item: { act: string }) => item.act);
      expect(await acts(`?actorId=${id}`)).toEqual(['probe.own']);
      expect(await acts(`?subjectId=${id}`)).toEqual(['probe.others']);
    });

    it('to nobody without the permission', async () => {
      expect(await get('', anotherPermission)).toMatchObject({
        status: 403,
        body: { code: 'operator.forbidden', permission: 'audit.read' },
      });
      expect(await get('', {})).toMatchObject({ status: 401, body: { code: 'session.expired' } });
    });

    it('not for filters that make no sense', async () => {
      for (const query of [
        '?subjectId=someone',
        '?limit=101',
        '?from=yesterday',
        '?from=2026-W01-1T00:00:00Z',
        '?name=Fang',
      ])
        expect((await get(query)).body).toMatchObject({ status: 400, code: 'request.invalid' });
      for (const query of ['?act=%00', '?objectId=a%00'])
        expect((await get(query)).body).toMatchObject({ status: 400, code: 'request.malformed' });
      expect((await get('?cursor=nonsense')).body).toMatchObject({ status: 400, code: 'request.bad_cursor' });
    });
  });
});
