import { describe, expect, it } from '@jest/globals';
import { matchingEntries } from './matching-entries.js';
import type { Entry } from './registry-kinds.js';

const anEntry = (code: string, rest: Partial<Entry> = {}): Entry => ({
  id: code,
  code,
  name: { 'zh-CN': '位置', en: 'Position' },
  createdAt: '',
  updatedAt: '',
  seed: true,
  sensitive: false,
  ...rest,
});
const entries = [
  anEntry('location.gps', { sensitive: true }),
  anEntry('log.search', { name: { 'zh-CN': '搜索记录', en: 'Searches' } }),
  anEntry('vehicle.plate', { seed: false }),
];
const codes = (filters: Record<string, string>) => matchingEntries(entries, filters).map(({ code }) => code);

describe('the entries of a registry', () => {
  it('are all shown without a filter', () => {
    expect(codes({})).toHaveLength(3);
  });

  it('are found by a part of code or name, in either language and either case', () => {
    expect(codes({ text: 'GPS' })).toEqual(['location.gps']);
    expect(codes({ text: '搜索' })).toEqual(['log.search']);
    expect(codes({ text: 'search' })).toEqual(['log.search']);
    expect(codes({ text: 'position' })).toEqual(['location.gps', 'vehicle.plate']);
  });

  it('are told apart by where they come from and by their flags', () => {
    expect(codes({ origin: 'product' })).toEqual(['location.gps', 'log.search']);
    expect(codes({ origin: 'here' })).toEqual(['vehicle.plate']);
    expect(codes({ sensitive: 'yes' })).toEqual(['location.gps']);
    expect(codes({ sensitive: 'no', origin: 'product' })).toEqual(['log.search']);
  });
});
