import { describe, expect, it } from '@jest/globals';
import { bodyOf, changesOf, formOf } from './entry-changes.js';
import { registryKinds, type Entry } from './registry-kinds.js';

const service: Entry = {
  id: '1',
  code: 'lockers',
  name: { 'zh-CN': '寄存', en: 'Lockers' },
  purpose: null,
  locationBased: true,
  active: true,
  createdAt: '',
  updatedAt: '',
};
const { services, categories } = registryKinds;

describe('what is sent about an entry', () => {
  it('is nothing when nothing was changed', () => {
    expect(changesOf(services, formOf(services, service), service)).toEqual({});
    expect(changesOf(services, { ...formOf(services, service), purpose: { 'zh-CN': '', en: '' } }, service)).toEqual(
      {},
    );
  });

  it('names what was changed and nothing else', () => {
    const form = formOf(services, service);
    expect(changesOf(services, { ...form, active: false }, service)).toEqual({ active: false });
    expect(changesOf(services, { ...form, name: { ...form.name, en: 'Left luggage' } }, service)).toEqual({
      name: { 'zh-CN': '寄存', en: 'Left luggage' },
    });
  });

  it('clears a purpose that is emptied in both languages', () => {
    const described = { ...service, purpose: { 'zh-CN': '存包', en: 'Keeps bags' } };
    expect(
      changesOf(services, { ...formOf(services, described), purpose: { 'zh-CN': '', en: '' } }, described),
    ).toEqual({ purpose: null });
  });

  it('holds the fields of events only where they were changed, and null where all were taken away', () => {
    const parked: Entry = {
      id: '2',
      code: 'vehicle.plate',
      name: service.name,
      eventFields: { personal: { plate: { type: 'string', maxLength: 12 } } },
      createdAt: '',
      updatedAt: '',
    };
    const form = formOf(categories, parked);
    expect(changesOf(categories, form, parked)).toEqual({});
    expect(changesOf(categories, { ...form, eventFields: [] }, parked)).toEqual({ eventFields: null });
    const [plate] = form.eventFields;
    expect(changesOf(categories, { ...form, eventFields: [{ ...plate!, maxLength: 9 }] }, parked)).toEqual({
      eventFields: { personal: { plate: { type: 'string', maxLength: 9 } } },
    });
    expect(bodyOf(categories, form)).toMatchObject({ eventFields: parked.eventFields });
  });

  it('of a new one holds what its registry knows', () => {
    const form = {
      ...formOf(categories, null),
      code: 'vehicle.plate',
      name: { 'zh-CN': '车牌', en: 'Plate' },
      sensitive: true,
    };
    expect(bodyOf(categories, form)).toEqual({
      name: { 'zh-CN': '车牌', en: 'Plate' },
      sensitive: true,
      location: false,
    });
    expect(bodyOf(services, formOf(services, null))).toEqual({
      name: { 'zh-CN': '', en: '' },
      purpose: null,
      locationBased: false,
    });
  });
});
