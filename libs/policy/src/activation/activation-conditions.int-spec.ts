import { Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { Database, ScheduledTasks } from '@abide/platform';
import { createTestApp, type TestApp } from '@abide/platform/testing';
import { policyStack } from '../testing/app.js';
import { aPolicy } from '../testing/documents.js';
import { PolicyStaff } from '../testing/policy-staff.js';
import { PolicyModule } from '../policy.module.js';
import { ActivationConditions, type MissingCondition, type ScheduledRevision } from './activation-conditions.js';

const uncovered: MissingCondition = {
  code: 'agreementUncovered',
  message: { 'zh-CN': '仍有协议未被覆盖。', en: 'An agreement is left without cover.' },
};

/** What a module above would ask before a revision takes effect. */
@Injectable()
class CoveredAgreements implements OnModuleInit {
  readonly asked: (ScheduledRevision & { isInside: boolean })[] = [];
  left: readonly MissingCondition[] = [uncovered];
  fault: Error | null = null;

  constructor(
    private readonly conditions: ActivationConditions,
    private readonly db: Database,
  ) {}

  onModuleInit(): void {
    this.conditions.register({ name: 'sharing.agreements', missing: (revision) => this.missing(revision) });
  }

  private async missing(revision: ScheduledRevision): Promise<readonly MissingCondition[]> {
    this.asked.push({ ...revision, isInside: this.db.isInTransaction });
    if (this.fault) throw this.fault;
    return this.left;
  }
}

@Module({ imports: [PolicyModule], providers: [CoveredAgreements] })
class SharingModule {}

describe('a condition that another module registers', () => {
  let test: TestApp;
  let staff: PolicyStaff;
  let agreements: CoveredAgreements;
  beforeEach(async () => {
    const env = { ABIDE_ROLE: 'web' };
    test = await createTestApp([...policyStack.modules, SharingModule], policyStack.persistence, env);
    staff = await PolicyStaff.open(test);
    agreements = test.get(CoveredAgreements);
  });
  afterEach(() => test.close());

  const scheduled = async (days: number) => {
    const id = await staff.approved(aPolicy());
    await staff.schedule(id, { effectiveAt: await staff.inDays(days) });
    return id;
  };

  it('keeps a revision from taking effect, is named beside what this module asks, and shows on its page', async () => {
    const id = await scheduled(1);
    const refused = await staff.activate(id);
    expect(refused.body).toMatchObject({ status: 409, code: 'policy.conditions_not_met' });
    expect(refused.body.missing.map((one: MissingCondition) => one.code)).toEqual([
      'effectiveAtAhead',
      'agreementUncovered',
    ]);
    expect(refused.body.missing[1]).toEqual(uncovered);
    const page = await staff.revision(id);
    expect(page.conditions).toMatchObject({ met: false, missing: [{ code: 'effectiveAtAhead' }, uncovered] });
    expect(page.allowedActs).toContainEqual({ act: 'activation', allowed: false, code: 'policy.conditions_not_met' });
  });

  it('is asked in the transaction of the activation, about the text that would take effect', async () => {
    const id = await scheduled(0);
    agreements.asked.length = 0;
    agreements.left = [];
    expect((await staff.activate(id)).body).toMatchObject({ state: 'effective' });
    const [asked, ...more] = agreements.asked.filter(({ isInside }) => isInside);
    expect(more).toEqual([]);
    expect(asked).toMatchObject({
      revisionId: id,
      number: 1,
      document: { policy: 'privacy' },
      materiality: 'informational',
    });
  });

  it('holds back what is due until it is met', async () => {
    const id = await scheduled(0);
    await test.get(ScheduledTasks).runAll();
    expect((await staff.revision(id)).state).toBe('scheduled');
    agreements.left = [];
    await test.get(ScheduledTasks).runAll();
    expect((await staff.revision(id)).state).toBe('effective');
  });

  it('holds back what is due where nobody can tell whether it is met', async () => {
    const id = await scheduled(0);
    agreements.fault = new Error('the agreements cannot be read');
    await test.get(ScheduledTasks).runAll();
    agreements.fault = null;
    expect((await staff.revision(id)).state).toBe('scheduled');
  });

  it('is registered once', () => {
    const again = { name: 'sharing.agreements', missing: async () => [] };
    expect(() => test.get(ActivationConditions).register(again)).toThrow('registered twice');
  });
});
