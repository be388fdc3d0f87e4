import { consentStack } from '@abide/consent/testing';
import { newId } from '@abide/kernel';
import { joinPersistence } from '@abide/platform';
import { createTestApp, type TestAnswer, type TestApp } from '@abide/platform/testing';
import { aClause, aPolicy } from '@abide/policy/testing';
import { telemetryPersistence } from '../persistence.js';
import { TelemetryModule } from '../telemetry.module.js';

export const telemetryStack = {
  modules: [...consentStack.modules, TelemetryModule],
  persistence: joinPersistence(consentStack.persistence, telemetryPersistence),
};

/** Everything up to telemetry, on a database of its own. */
export function createTelemetryApp(env: Record<string, string> = {}): Promise<TestApp> {
  return createTestApp(telemetryStack.modules, telemetryStack.persistence, {
    ABIDE_BOOTSTRAP_CLIENT: 'ticketing:a secret of the ticketing service',
    ...env,
  });
}

const collectClause = aClause({
  id: 'collect.logs',
  terms: [
    { type: 'collection', categories: ['log.device'], purposes: ['security.protection'], basis: 'legalObligation' },
    {
      type: 'collection',
      categories: ['log.network'],
      purposes: ['security.fraud'],
      basis: 'legalObligation',
      precision: 'truncated',
    },
    { type: 'collection', categories: ['log.network'], purposes: ['personalisation'], basis: 'consent' },
    {
      type: 'collection',
      categories: ['log.browsing', 'log.search', 'log.appUsage', 'usage.habit'],
      purposes: ['product.improvement', 'personalisation'],
      basis: 'consent',
    },
    { type: 'collection', categories: ['log.search'], purposes: ['marketing.push'], basis: 'consent' },
    {
      type: 'collection',
      categories: ['log.device'],
      purposes: ['security.fraud'],
      basis: 'legalObligation',
      storage: 'onDevice',
    },
    { type: 'collection', categories: ['content.metadata'], purposes: ['service.provision'], basis: 'separateConsent' },
    {
      type: 'collection',
      categories: ['log.cookie', 'client.instruction'],
      purposes: ['security.authentication'],
      basis: 'legalObligation',
    },
    {
      type: 'collection',
      categories: ['client.instruction'],
      purposes: ['security.protection'],
      basis: 'legalObligation',
    },
    { type: 'collection', categories: ['feedback.opinion'], purposes: ['customer.service'], basis: 'legalObligation' },
    {
      type: 'use',
      categories: ['log.network'],
      purposes: ['product.improvement'],
      basis: 'legalObligation',
      precision: 'truncated',
    },
  ],
});

const keepClause = aClause({
  id: 'keep.logs',
  terms: [
    {
      type: 'retention',
      categories: ['log.device', 'log.network'],
      period: 'P6M',
      then: 'delete',
      minimum: { period: 'P6M', ground: 'network logs' },
    },
    { type: 'retention', categories: ['log.search', 'log.appUsage', 'usage.habit'], period: 'P3M', then: 'anonymise' },
    {
      type: 'retention',
      categories: ['log.appUsage'],
      purposes: ['personalisation'],
      period: 'P30D',
      then: 'delete',
    },
    { type: 'retention', categories: ['content.metadata'], period: 'P30D', then: 'delete' },
    { type: 'retention', categories: ['log.cookie', 'client.instruction'], until: 'sessionEnd', then: 'delete' },
    {
      type: 'retention',
      categories: ['client.instruction'],
      purposes: ['security.protection'],
      period: 'P60D',
      then: 'delete',
    },
    { type: 'retention', categories: ['feedback.opinion'], until: 'accountClosure', then: 'delete' },
  ],
});

/** A policy under which events of every kind of basis come in. */
export const telemetryPolicy = aPolicy({ clauses: [collectClause, keepClause] });

/** An event that passes every check, unless changed. */
export function anEvent(subjectId: string, changes: Record<string, unknown> = {}): Record<string, any> {
  return {
    eventId: newId(),
    subjectId,
    category: 'log.browsing',
    occurredAt: new Date().toISOString(),
    service: 'ticketing',
    ...changes,
  };
}

/** Sends a batch; with a new id unless one is given. */
export function send(test: TestApp, token: string, events: readonly unknown[], batchId = newId()): Promise<TestAnswer> {
  return test.request({ method: 'POST', path: 'telemetry/batches', token, body: { batchId, events } });
}
