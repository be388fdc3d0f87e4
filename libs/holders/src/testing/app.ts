import { aSignedInOperator, identityStack, type TestConsole } from '@abide/identity/testing';
import { joinPersistence } from '@abide/platform';
import { createTestApp, type TestApp } from '@abide/platform/testing';
import { HoldersModule } from '../holders.module.js';
import { holdersPersistence } from '../persistence.js';

export const holdersStack = {
  modules: [...identityStack.modules, HoldersModule],
  persistence: joinPersistence(identityStack.persistence, holdersPersistence),
};

export function createHoldersApp(env: Record<string, string> = {}): Promise<TestApp> {
  return createTestApp(holdersStack.modules, holdersStack.persistence, { ABIDE_ROLE: 'web', ...env });
}

let registered = 0;

export function aHolder(changes: Record<string, unknown> = {}): Record<string, unknown> {
  registered += 1;
  return {
    code: `shop-${registered}`,
    name: { 'zh-CN': `商店${registered}`, en: `Shop ${registered}` },
    baseUrl: 'http://127.0.0.1:1',
    networks: ['127.0.0.0/8'],
    categories: ['service.orders'],
    ...changes,
  };
}

/** What registers a database, beside its address and its manifest. */
export function aDatabaseHolder(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const { code, name, networks } = aHolder();
  return { code, name, networks, ...changes };
}

export interface RegisteredHolder {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
}

/** A holder that one administrator proposed and another confirmed, with its secret. */
export async function aRegisteredHolder(
  test: TestApp,
  changes: Record<string, unknown> = {},
): Promise<RegisteredHolder> {
  const proposer = await aSignedInOperator(test, 'administrator');
  const confirmer: TestConsole = await aSignedInOperator(test, 'administrator');
  const wanted = aHolder(changes);
  const { id: changeId, object } = (await proposer.post('operator/holders', wanted)).body.change;
  await confirmer.post(`operator/changes/${changeId}/confirmation`, {});
  const { secret } = (await proposer.post(`operator/holders/${object.id}/secret`, {})).body;
  return { id: object.id, name: `outside.${String(wanted['code'])}`, secret };
}

/** Removes a holder: one administrator proposes it, another confirms. */
export async function removeHolder(test: TestApp, id: string): Promise<void> {
  const proposer = await aSignedInOperator(test, 'administrator');
  const confirmer = await aSignedInOperator(test, 'administrator');
  const { change } = (await proposer.post(`operator/holders/${id}/removal`, { reason: '停用' })).body;
  await confirmer.post(`operator/changes/${change.id}/confirmation`, {});
}
