import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanup, screen } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { anOperator, open, speak } from '../../testing/render.js';
import { serve } from '../../testing/server.js';
import { ChangePage } from './ChangePage.js';

const newRoles = {
  id: 'change-1',
  kind: 'operatorAmendment',
  state: 'waiting',
  object: { type: 'operator', id: 'operator-2', name: { 'zh-CN': 'Bai Lu', en: 'Bai Lu' } },
  proposed: { email: 'bai.lu@abide.example', roles: ['policyEditor'], before: { roles: ['auditor'] } },
  opens: [{ 'zh-CN': '可撰写政策并提交审核。', en: 'May write policies and submit them for review.' }],
  opensMore: 0,
  proposedBy: { id: 'operator-3', name: 'Su Wen' },
  proposedAt: '2026-11-30T08:00:00.000Z',
  expiresAt: '2026-12-07T08:00:00.000Z',
  decidedBy: null,
  decidedAt: null,
  reason: null,
};

describe('the page of a change', () => {
  beforeAll(() => speak('en'));
  afterEach(cleanup);

  const show = async (change: object, operatorId = 'operator-1') => {
    const asked = serve({
      'GET /api/v1/operator/changes/change-1': () => ({ body: { ...newRoles, ...change } }),
      'POST /api/v1/operator/changes/change-1/confirmation': () => ({ body: { ...newRoles, state: 'confirmed' } }),
    });
    const { user } = open(
      <Routes>
        <Route path="/changes/:id" element={<ChangePage />} />
      </Routes>,
      { at: '/changes/change-1', operator: anOperator({ id: operatorId }) },
    );
    await screen.findByRole('heading', { level: 1 });
    return { asked, user };
  };

  it('shows what an operator would come to hold, and lets whoever may confirm it decide', async () => {
    const { asked, user } = await show({ mayConfirm: true });
    screen.getByRole('heading', { name: /Change the access of Bai Lu/ });
    screen.getByText('Auditor → Policy editor');
    screen.getByText('bai.lu@abide.example');
    screen.getByText('May write policies and submit them for review.');
    await user.click(screen.getByRole('button', { name: 'Confirm' }));
    expect(asked.map(({ what }) => what)).toContain('POST /api/v1/operator/changes/change-1/confirmation');
  });

  it.each([
    ['operator-1', 'Another administrator than the one who proposed it decides on this'],
    ['operator-2', 'This is about your own access'],
    ['operator-3', 'You proposed this'],
  ])('offers no decision to whom the server does not let confirm, and says why: %s', async (operatorId, why) => {
    await show({ mayConfirm: false }, operatorId);
    screen.getByText(why, { exact: false });
    expect(screen.queryByRole('button', { name: 'Confirm' })).toBeNull();
  });

  it('says of whom one person has shut out that it is done, and opens nothing', async () => {
    await show({
      kind: 'operatorSuspension',
      proposed: { email: 'bai.lu@abide.example', active: false },
      opens: [],
      mayConfirm: true,
    });
    screen.getByText('They cannot sign in any more.', { exact: false });
    screen.getByText(/Rejected, they can sign in again/);
    expect(screen.queryByText('What this would open')).toBeNull();
  });
});
