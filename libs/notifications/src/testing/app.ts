import { Global, Module, type DynamicModule, type Type } from '@nestjs/common';
import { AuditModule } from '@abide/audit';
import { auditPersistence } from '@abide/audit/persistence';
import { Looks, OverviewFragments, Subjects, TimelineFragments, type Audience } from '@abide/identity';
import { newId, type Locale } from '@abide/kernel';
import {
  Authenticator,
  createHttpApp,
  Database,
  Delivery,
  joinPersistence,
  loadConfig,
  PlatformModule,
  ScheduledTasks,
  type Channel,
  type Message,
  type OperatorPrincipal,
  type Principal,
} from '@abide/platform';
import { platformPersistence } from '@abide/platform/persistence';
import { createTestApp, type TestApp } from '@abide/platform/testing';
import { Campaigns, type CampaignStart } from '../campaigns/campaigns.service.js';
import { NotificationsModule } from '../notifications.module.js';
import { notificationsPersistence } from '../persistence.js';
import type { SendCheck } from '../send-checks.service.js';

export const persistence = joinPersistence(platformPersistence, auditPersistence, notificationsPersistence);

export interface TestSubject {
  readonly id: string;
  readonly reachable: readonly Channel[];
  readonly locale: Locale;
  readonly registeredAt: Date;
  /** A child, or the guardian of one. */
  readonly isOfChildren: boolean;
  status: 'active' | 'closed';
}

/** A message as the channel gets it. */
export type Sent = Pick<Message, 'subject' | 'text' | 'headers'>;

/** What happens to a hand-over: `true` goes to the real delivery, `false` finds no address, an error is thrown, a promise is waited for. */
type HandOver = (subjectId: string, channel: Channel) => boolean | Error | Promise<boolean>;

/** An audience in memory in place of identity's subjects: as large as a test needs, and failing when it is told to. */
export class TestAudience {
  readonly people: TestSubject[] = [];
  /** Every hand-over that a channel took, as `subject channel`. */
  readonly handedOver: string[] = [];
  handOver: HandOver = () => true;
  deliver: ((subjectId: string, channel: Channel, message: Sent) => Promise<void>) | undefined;
  beforeReading: (cursor: string | null) => void = () => undefined;

  add(count: number, person: Partial<TestSubject> = {}): TestSubject[] {
    const added = Array.from({ length: count }, (): TestSubject => ({
      id: newId(),
      reachable: ['email'],
      locale: 'en',
      registeredAt: new Date(Date.now() - 86_400_000),
      isOfChildren: false,
      status: 'active',
      ...person,
    }));
    this.people.push(...added);
    return added;
  }

  async find(id: string): Promise<object | null> {
    const person = this.people.find((candidate) => candidate.id === id);
    return person
      ? { id, kind: 'person', status: person.status, registeredAt: person.registeredAt, minorStatus: 'adult' }
      : null;
  }

  async countActive(before: Date, audience: Audience): Promise<number> {
    return this.activeBefore(before, audience).length;
  }

  async isOf(id: string, audience: Audience): Promise<boolean> {
    return audience === 'everyone' || this.people.some((person) => person.id === id && person.isOfChildren);
  }

  async activeAfter(cursor: string | null, limit: number, before: Date, audience: Audience): Promise<object[]> {
    this.beforeReading(cursor);
    const after = this.activeBefore(before, audience)
      .filter(({ id }) => cursor === null || id > cursor)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    return after.slice(0, limit).map(({ id, reachable }) => ({ subjectId: id, kind: 'person', reachable }));
  }

  async preferredLocale(id: string): Promise<Locale> {
    return this.people.find((person) => person.id === id)?.locale ?? 'zh-CN';
  }

  async sendTo(id: string, channel: Channel, message: Sent): Promise<boolean> {
    const outcome = await this.handOver(id, channel);
    if (outcome instanceof Error) throw outcome;
    if (!outcome) return false;
    await this.deliver?.(id, channel, message);
    this.handedOver.push(`${id} ${channel}`);
    return true;
  }

  addressOf(id: string): string {
    return `${id}@people.example`;
  }

  private activeBefore(before: Date, audience: Audience = 'everyone'): TestSubject[] {
    return this.people.filter(
      ({ status, registeredAt, isOfChildren }) =>
        status === 'active' && registeredAt < before && (audience === 'everyone' || isOfChildren),
    );
  }
}

/** A bearer token is the subject's id; `x-test-permissions` makes an operator, `x-test-stale` one whose sign-in is not fresh. */
class TestAuthenticator extends Authenticator {
  async bearer(token: string): Promise<Principal | null> {
    return { kind: 'subject', subjectId: token, subjectKind: 'person', sessionId: token };
  }

  async operatorSession({
    headers,
  }: {
    headers: Record<string, string | string[] | undefined>;
  }): Promise<OperatorPrincipal | null> {
    const permissions = headers['x-test-permissions'];
    if (typeof permissions !== 'string') return null;
    const stepUpUntil = headers['x-test-stale'] === undefined ? new Date('2100-01-01') : null;
    return {
      kind: 'operator',
      operatorId: newId(),
      name: 'Fang Yuan',
      roles: [],
      permissions: new Set(permissions.split(',')),
      sessionId: newId(),
      stepUpUntil,
    };
  }
}

function testIdentity(audience: TestAudience): DynamicModule {
  @Global()
  @Module({})
  class TestIdentity {}
  const looks: Pick<Looks, 'note'> = { note: async () => undefined };
  const providers = [
    { provide: Subjects, useValue: audience },
    { provide: Looks, useValue: looks },
    { provide: Authenticator, useClass: TestAuthenticator },
    OverviewFragments,
    TimelineFragments,
  ];
  return {
    module: TestIdentity,
    providers,
    exports: [Subjects, Looks, Authenticator, OverviewFragments, TimelineFragments],
  };
}

/** Platform, audit and notifications over an audience. As `web`, passes run only when a test asks for them. */
export async function createNotificationsApp(
  audience: TestAudience,
  env: Record<string, string> = {},
  more: readonly (Type | DynamicModule)[] = [],
): Promise<TestApp> {
  const test = await createTestApp([AuditModule, testIdentity(audience), NotificationsModule, ...more], persistence, {
    ABIDE_ROLE: 'web',
    ...env,
  });
  const delivery = test.get(Delivery);
  audience.deliver ??= (id, channel, message) => delivery.send({ channel, to: audience.addressOf(id), ...message });
  return test;
}

/** One more process on the database of `test`, with its own view of the audience. */
export async function createSecondApp(
  test: TestApp,
  audience: TestAudience,
  env: Record<string, string> = {},
): Promise<Pick<TestApp, 'get' | 'close'>> {
  const config = loadConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: test.databaseUrl,
    ABIDE_ROLE: 'web',
    DATABASE_POOL_SIZE: '10',
    ...env,
  });
  @Module({
    imports: [PlatformModule.forRoot(config, persistence), AuditModule, testIdentity(audience), NotificationsModule],
  })
  class SecondRoot {}
  const app = await createHttpApp(SecondRoot, config);
  return { get: (token) => app.get(token as Type, { strict: false }), close: () => app.close() };
}

/** A check that allows everything and offers to unsubscribe, unless told otherwise. */
export function aCheck(check: Partial<SendCheck> = {}): SendCheck {
  return {
    name: 'consent',
    allows: async () => true,
    unsubscribeLink: async (kind) => `/unsubscribe/123456?kind=${kind}`,
    ...check,
  };
}

/** A campaign that can be started; by default one that promises e-mail besides the in-app notice. */
export function aCampaign(terms: Partial<CampaignStart> = {}): CampaignStart {
  return {
    kind: 'policyChange',
    revisionId: newId(),
    policySlug: 'general-privacy',
    revisionNumber: 2,
    materiality: 'reductionOfRights',
    title: { 'zh-CN': '隐私政策即将变更', en: 'Our privacy policy changes' },
    summary: { 'zh-CN': '定位信息的保存期限由30天改为90天。', en: 'Location is kept for 90 instead of 30 days.' },
    link: '/policies/general-privacy/2/changes?from=1',
    leadDays: 7,
    channels: ['inApp', 'email'],
    effectiveAt: new Date(Date.now() + 10 * 86_400_000),
    ...terms,
  };
}

/** Starts a campaign in a transaction, as policy does. */
export function start(test: Pick<TestApp, 'get'>, terms: Partial<CampaignStart> = {}): Promise<string> {
  return test.get(Database).transaction(() => test.get(Campaigns).start(aCampaign(terms)));
}

/** Does whatever is due, as the scheduled tasks of a worker would. */
export function runDue(test: Pick<TestApp, 'get'>): Promise<void> {
  return test.get(ScheduledTasks).runAll();
}

/** Moves the clock that every rule uses (an ISO 8601 duration) and does what is due then. */
export async function advance(test: TestApp, duration: string): Promise<void> {
  await test.request({ method: 'POST', path: 'dev/clock', body: { advance: duration } });
}

export function count(
  test: Pick<TestApp, 'get'>,
  table: string,
  where = 'true',
  parameters: readonly unknown[] = [],
): Promise<number> {
  const rows = test
    .get(Database)
    .query<{ count: number }>(
      `SELECT count(*)::integer AS count FROM notifications.${table} WHERE ${where}`,
      parameters,
    );
  return rows.then(([row]) => row?.count ?? 0);
}
