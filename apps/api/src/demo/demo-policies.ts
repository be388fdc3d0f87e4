import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Temporal } from 'temporal-polyfill';
import { DemoClient } from './demo-client.js';
import { readDemoFile, readDemoRegistry } from './demo-content.js';
import type { Demo } from './demo.js';

const leadDays = 8;
const asYaml = { 'content-type': 'application/yaml' };

/** Registers the services, recipients and third-party services that the policies cite. */
export async function registerDemoFacts(app: NestFastifyApplication, demo: Demo, now: Date): Promise<void> {
  const administrator = await signIn(app, demo, 'administrator');
  const { services, recipients, thirdPartyServices } = readDemoRegistry();
  for (const service of services) await administrator.call('POST', 'operator/services', service);
  for (const { contractMonths, ...facts } of recipients) {
    const contractUntil = contractMonths === undefined ? null : dayAfter(now, contractMonths);
    await administrator.call('POST', 'operator/recipients', { ...facts, contractUntil });
  }
  for (const service of thirdPartyServices) await administrator.call('POST', 'operator/third-party-services', service);
}

/**
 * Puts the first revisions in force and schedules the service's own policy, whose notice has to run before it may say more
 * than the general one; answers the ids of those that registration has to accept.
 */
export async function publishDemoPolicies(app: NestFastifyApplication, demo: Demo, now: Date): Promise<string[]> {
  const general = await publish(app, demo, { slug: 'general', file: 'general-privacy.v1.yaml', effectiveAt: now, now });
  const agreement = await publish(app, demo, {
    slug: 'user-agreement',
    file: 'user-agreement.yaml',
    effectiveAt: now,
    now,
  });
  await publish(app, demo, {
    slug: 'ticketing',
    file: 'ticketing-privacy.yaml',
    effectiveAt: new Date(now.getTime() + leadDays * 86_400_000),
    now,
  });
  return [general, agreement];
}

/** Schedules the general policy's next revision, whose notice is live from now on. */
export async function scheduleNextRevision(app: NestFastifyApplication, demo: Demo, now: Date): Promise<void> {
  const effectiveAt = new Date(now.getTime() + leadDays * 86_400_000);
  await publish(app, demo, { slug: 'general', file: 'general-privacy.v2.yaml', effectiveAt, now });
}

async function publish(
  app: NestFastifyApplication,
  demo: Demo,
  what: { slug: string; file: string; effectiveAt: Date; now: Date },
): Promise<string> {
  const editor = await signIn(app, demo, 'policyEditor');
  const draft = await editor.call('PUT', `operator/policies/${what.slug}/draft`, readDemoFile(what.file), asYaml);
  const revision = `operator/revisions/${draft['revisionId']}`;
  await editor.call('POST', `${revision}/submission`, { comment: '演示数据 / demo' });
  const approver = await signIn(app, demo, 'policyApprover');
  await approver.call('POST', `${revision}/approval`, {
    comment: '演示数据 / demo',
    contentHash: draft['contentHash'],
  });
  await approver.call('POST', `${revision}/schedule`, { effectiveAt: what.effectiveAt.toISOString() });
  if (what.effectiveAt <= what.now) await activate(approver, revision);
  return draft['revisionId'] ?? '';
}

/** A revision that is due takes effect by itself as well: whoever comes first, it is in force. */
async function activate(approver: DemoClient, revision: string): Promise<void> {
  await approver.call('POST', `${revision}/activation`, {}).catch(async (error: unknown) => {
    if ((await approver.call('GET', revision))['state'] !== 'effective') throw error;
  });
}

function signIn(app: NestFastifyApplication, demo: Demo, role: string): Promise<DemoClient> {
  const email = demo.operators.find((operator) => operator.role === role)?.email ?? '';
  return new DemoClient(app).signInOperator(email, demo.password);
}

function dayAfter(now: Date, months: number): string {
  return Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO('UTC')
    .toPlainDate()
    .add({ months })
    .toString();
}
