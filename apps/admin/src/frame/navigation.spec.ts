import { describe, expect, it } from '@jest/globals';
import type { Permission } from '../api/types.js';
import { entriesFor, namedPages } from './navigation.js';

const keysFor = (permissions: Permission[], isDevelopment = false) =>
  namedPages(entriesFor(permissions, isDevelopment)).map(({ key }) => key);

describe('the entries', () => {
  it('are those an operator can use', () => {
    expect(keysFor(['policy.read', 'subject.read'])).toEqual(['overview', 'policies', 'subjects']);
    expect(keysFor(['policy.read', 'overview.read'])).toEqual(['overview', 'policies', 'consent', 'collection']);
  });

  it('lead to what is beneath when only that may be used', () => {
    const settings = entriesFor(['client.read'], false).find(({ key }) => key === 'settings');
    expect(settings?.to).toBe('/settings/clients');
  });

  it('name operators, roles, service clients and deliveries beneath the settings, nothing beneath the audit', () => {
    const entries = entriesFor(['audit.read', 'operator.read', 'client.read', 'delivery.read'], false);
    expect(entries.map(({ key, beneath }) => [key, beneath.map((one) => one.key)])).toEqual([
      ['overview', []],
      ['audit', []],
      ['settings', ['operators', 'roles', 'clients', 'deliveries']],
    ]);
  });

  it('give no letter twice', () => {
    const letters = namedPages(
      entriesFor(
        ['policy.read', 'campaign.read', 'subject.read', 'overview.read', 'audit.read', 'operator.read', 'client.read'],
        true,
      ),
    ).flatMap(({ letter }) => letter ?? []);
    expect(new Set(letters).size).toBe(letters.length);
  });

  it('show the mailbox and the clock only where they exist', () => {
    expect(keysFor(['audit.read'])).not.toContain('development');
    expect(keysFor(['audit.read'], true)).toContain('development');
    expect(keysFor([], true)).toEqual(['overview', 'development']);
  });

  it('never number more than eight', () => {
    expect(
      entriesFor(
        ['policy.read', 'campaign.read', 'subject.read', 'overview.read', 'audit.read', 'operator.read', 'client.read'],
        true,
      ).length,
    ).toBeLessThanOrEqual(8);
  });
});
