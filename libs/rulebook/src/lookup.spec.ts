import { lookupFor, nameOf } from './lookup.js';
import { offlineRegistry } from './registry.js';

describe('what a document knows offline', () => {
  it('is the services that it lists and the one that it is about, and the recipients that it describes', () => {
    const recipients = [{ slug: 'carrier', kind: 'partner', region: 'CN' }] as const;
    const lookup = lookupFor({ service: 'ticketing', services: ['signing'], recipients }, offlineRegistry());
    expect([...lookup.services]).toEqual(['signing', 'ticketing']);
    expect([...lookup.recipients.values()]).toEqual(recipients);
  });

  it('is neither where it says nothing', () => {
    const { services, recipients, registeredRecipients } = lookupFor({}, offlineRegistry());
    expect([services.size, recipients.size, registeredRecipients ?? null]).toEqual([0, 0, null]);
  });
});

describe('what people call a code', () => {
  it('is its label, the code itself where nobody registered it, and a word for everything', () => {
    const { categories } = lookupFor({}, offlineRegistry());
    expect(nameOf('log.search', categories)).toEqual({ 'zh-CN': '搜索记录', en: 'search history' });
    expect(nameOf('log.none', categories)).toEqual({ 'zh-CN': 'log.none', en: 'log.none' });
    expect(nameOf('*', categories)).toEqual({ 'zh-CN': '全部信息', en: 'all data' });
  });
});
