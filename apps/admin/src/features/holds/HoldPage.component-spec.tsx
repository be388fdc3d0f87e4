import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanup, screen } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { anOperator, open, speak } from '../../testing/render.js';
import { serve } from '../../testing/server.js';
import { HoldPage } from './HoldPage.js';

const hold = {
  id: 'hold-1',
  subjectId: 'subject-1',
  displayName: '林**',
  ground: 'litigation',
  article: '民事诉讼法第八十四条',
  categories: ['registration.name'],
  names: { 'registration.name': { 'zh-CN': '姓名', en: 'Name' } },
  from: null,
  to: null,
  until: '2027-06-01T00:00:00.000Z',
  state: 'inForce',
  placedAt: '2026-11-30T08:00:00.000Z',
  placedBy: 'Su Wen',
  liftedAt: null,
  barredArticle: null,
  notes: 'Case 7',
  liftingReason: null,
  documents: [{ id: 'document-1', name: 'order.pdf', type: 'application/pdf', bytes: 1000 }],
};
const waiting = { id: 'change-1', kind: 'holdLifting', object: { type: 'hold', id: 'hold-1', name: {} } };

describe('the page of a hold', () => {
  beforeAll(() => speak('en'));
  afterEach(cleanup);

  const show = async (
    changes: object = {},
    { waits = [] as object[], permissions = ['hold.read', 'hold.write'] } = {},
  ) => {
    const asked = serve({
      'GET /api/v1/operator/holds/hold-1': () => ({ body: { ...hold, ...changes } }),
      'GET /api/v1/operator/changes': () => ({ body: { items: waits, nextCursor: null } }),
      'POST /api/v1/operator/holds/hold-1/lifting': () => ({ status: 202, body: { change: waiting } }),
    });
    const { user } = open(
      <Routes>
        <Route path="/holds/:id" element={<HoldPage />} />
      </Routes>,
      { at: '/holds/hold-1', operator: anOperator({ permissions: permissions as never }) },
    );
    await screen.findByRole('heading', { level: 1, name: hold.article });
    return { asked, user };
  };

  it('says why, what and until when, and leads to the person and to what it rests on', async () => {
    await show();
    screen.getByText('Litigation or arbitration');
    screen.getByText('Name');
    screen.getByText('Case 7');
    expect(screen.getByRole('link', { name: 'order.pdf' }).getAttribute('href')).toBe(
      '/api/v1/operator/holds/hold-1/documents/document-1',
    );
    expect(screen.getByRole('link', { name: '林**' }).getAttribute('href')).toBe('/subjects/subject-1');
  });

  it('asks for it to be lifted with a reason, and for nothing without one', async () => {
    const { asked, user } = await show();
    await user.click(screen.getByRole('button', { name: 'Lift the hold' }));
    const lifting = () => asked.filter(({ what }) => what.endsWith('/lifting'));
    await user.click(await screen.findByRole('button', { name: 'Ask to lift it' }));
    await screen.findByText('This is needed.');
    expect(lifting()).toEqual([]);
    await user.type(screen.getByLabelText('Why it is lifted'), 'Settled');
    await user.click(screen.getByRole('button', { name: 'Ask to lift it' }));
    await screen.findByText(/It waits for a second operator/);
    expect(lifting().map(({ body }) => body)).toEqual([{ reason: 'Settled' }]);
  });

  it('leads to what waits for a second operator instead', async () => {
    await show({}, { waits: [waiting] });
    expect((await screen.findByRole('link', { name: /waits for a second/ })).getAttribute('href')).toBe(
      '/changes/change-1',
    );
    expect(screen.queryByRole('button', { name: 'Lift the hold' })).toBeNull();
  });

  it.each([
    [{ state: 'lifted' }, ['hold.read', 'hold.write']],
    [{ state: 'expired' }, ['hold.read', 'hold.write']],
    [{}, ['hold.read']],
  ])('offers nothing where nothing can be lifted: %j %j', async (changes, permissions) => {
    await show(changes, { permissions });
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('says that the person may not be told, and by which law', async () => {
    await show({ barredArticle: '刑事诉讼法第五十四条' });
    screen.getByText('No, by 刑事诉讼法第五十四条');
  });
});
