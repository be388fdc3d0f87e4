import { aClause, aPolicy, aSignedInOperator, TestSubject, consentStack } from '@abide/consent/testing';
import { newId } from '@abide/kernel';
import { joinPersistence } from '@abide/platform';
import { createTestApp, type TestAnswer, type TestApp } from '@abide/platform/testing';
import type { Client } from 'pg';
import { LocationModule } from '../location.module.js';
import { locationPersistence } from '../persistence.js';

export const locationStack = {
  modules: [...consentStack.modules, LocationModule],
  persistence: joinPersistence(consentStack.persistence, locationPersistence),
};

/** Everything up to location, on a database of its own. */
export function createLocationApp(env: Record<string, string> = {}): Promise<TestApp> {
  return createTestApp(locationStack.modules, locationStack.persistence, {
    ABIDE_BOOTSTRAP_CLIENT: 'ticketing:a secret of the ticketing service',
    ...env,
  });
}

const collectClause = aClause({
  id: 'collect.places',
  terms: [
    {
      type: 'collection',
      categories: ['location.gps'],
      purposes: ['service.provision'],
      basis: 'separateConsent',
      services: ['ticketing'],
    },
    {
      type: 'collection',
      categories: ['location.gps'],
      purposes: ['personalisation'],
      basis: 'separateConsent',
      services: ['ticketing'],
      precision: { h3: 7 },
    },
    {
      type: 'collection',
      categories: ['location.wifi'],
      purposes: ['security.fraud'],
      basis: 'legalObligation',
      precision: { h3: 4 },
    },
  ],
});

const useClause = aClause({
  id: 'use.places',
  terms: [
    {
      type: 'crossServiceUse',
      categories: ['location.gps'],
      purposes: ['service.provision'],
      from: ['ticketing'],
      to: ['signing'],
      form: 'personalised',
      basis: 'separateConsent',
    },
  ],
});

const keepClause = aClause({
  id: 'keep.places',
  terms: [
    { type: 'retention', categories: ['location.gps'], period: 'P30D', then: 'delete' },
    { type: 'retention', categories: ['location.gps'], purposes: ['personalisation'], period: 'P2W', then: 'delete' },
    { type: 'retention', categories: ['location.wifi'], until: 'accountClosure', then: 'delete' },
  ],
});

/** A policy under which one purpose has places exactly, one as small cells, and one as large ones. */
export const locationPolicy = aPolicy({ clauses: [collectClause, useClause, keepClause] });

/** So that a fix can come from a service that is none. */
export async function registerServices(test: TestApp): Promise<void> {
  const administrator = await aSignedInOperator(test, 'administrator');
  for (const code of ['ticketing', 'signing'])
    await administrator.post('operator/services', { code, name: { 'zh-CN': code, en: code } });
}

/** A person whose positioning is on. */
export async function aTraveller(test: TestApp, revisionId: string): Promise<TestSubject> {
  const person = await TestSubject.register(test, [revisionId]);
  await switchPositioning(person, true);
  return person;
}

export async function switchPositioning(person: TestSubject, on: boolean): Promise<void> {
  const { status, text } = await person.app.send('PUT', 'me/positioning', { on });
  if (status !== 200) throw new Error(`The switch was not turned: ${text}`);
}

/** Lets the ticketing service have where they are, exactly. */
export function allowExactly(person: TestSubject): Promise<TestAnswer> {
  return person.grant('service.provision', { categories: ['location.gps'] });
}

/** A fix that passes every check, unless changed. */
export function aFix(subjectId: string, changes: Record<string, unknown> = {}): Record<string, any> {
  return {
    fixId: newId(),
    subjectId,
    occurredAt: new Date().toISOString(),
    latitude: 30.248913,
    longitude: 120.205237,
    accuracyMetres: 12,
    source: 'gps',
    service: 'ticketing',
    ...changes,
  };
}

/** Sends a batch; with a new id unless one is given. */
export function send(test: TestApp, token: string, fixes: readonly unknown[], batchId = newId()): Promise<TestAnswer> {
  return test.request({ method: 'POST', path: 'location/batches', token, body: { batchId, fixes } });
}

/** Until another connection waits for a lock on a table. */
export async function untilSomeoneWaitsFor(client: Client, table: string): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    const { rows } = await client.query('SELECT 1 FROM pg_locks WHERE relation = $1::regclass AND NOT granted', [
      table,
    ]);
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`Nobody waits for ${table}`);
}
