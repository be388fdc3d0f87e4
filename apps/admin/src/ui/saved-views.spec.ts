import { beforeEach, describe, expect, it } from '@jest/globals';
import { sealFor } from '../session/sealed-store.js';
import { aDraftKey, openNewBrowser } from '../session/storage.testing.js';
import { readSavedViews, writeSavedViews } from './saved-views.js';

const views = [{ name: 'Complaint of last week', address: 'act=subject.revealed' }];
const inBrowser = () => JSON.stringify({ ...localStorage });

describe('views of a list that an operator named', () => {
  beforeEach(() => {
    openNewBrowser();
    sealFor(aDraftKey(1));
  });

  it('stay in this browser for their owner alone, list by list', async () => {
    await writeSavedViews('lin', 'audit', views);
    expect(inBrowser()).not.toMatch(/Complaint|revealed/);
    expect(await readSavedViews('lin', 'audit')).toEqual(views);
    expect(await readSavedViews('lin', 'clients')).toEqual([]);
    sealFor(aDraftKey(2));
    expect(await readSavedViews('zhou', 'audit')).toEqual([]);
  });

  it('that an earlier version kept in the open are sealed at the first look at any list', async () => {
    localStorage.setItem('abide.views.lin.audit', JSON.stringify(views));
    localStorage.setItem('abide.views.lin.clients', '[{"na');
    expect(await readSavedViews('lin', 'purposes')).toEqual([]);
    expect(inBrowser()).not.toMatch(/Complaint|abide\.views/);
    expect(await readSavedViews('lin', 'audit')).toEqual(views);
    expect(await readSavedViews('lin', 'clients')).toEqual([]);
  });
});
