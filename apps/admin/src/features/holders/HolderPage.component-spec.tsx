import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { anOperator, open, speak } from '../../testing/render.js';
import { serve } from '../../testing/server.js';
import { HolderPage } from './HolderPage.js';

describe('the page of a holder outside', () => {
  beforeAll(() => speak('en'));
  afterEach(cleanup);

  const holder = {
    id: 'holder-1',
    code: 'ticketing',
    name: { 'zh-CN': '票务系统', en: 'Ticketing' },
    kind: 'service',
    baseUrl: 'https://ticketing.example',
    networks: [],
    categories: [],
    answeredBy: null,
    state: 'active',
    health: 'answering',
    lastAskedAt: null,
    lastAnsweredAt: null,
    failingSince: null,
    lastFailure: null,
    waiting: 0,
    dead: 0,
    secretDue: false,
    formerSecretUntil: null,
    createdAt: '2026-11-01T00:00:00Z',
  };
  const show = (changes: Partial<Record<keyof typeof holder, unknown>> = {}) => {
    const waits = () => ({ status: 202, body: { change: { id: 'change-1' } } });
    const asked = serve({
      'GET /api/v1/operator/holders': () => ({ body: { items: [{ ...holder, ...changes }] } }),
      'GET /api/v1/operator/holders/holder-1/calls': () => ({ body: { items: [] } }),
      'GET /api/v1/operator/holders/holder-1/removal': () => ({ body: { decided: 2, undecided: 1 } }),
      'GET /api/v1/operator/changes': () => ({ body: { items: [], nextCursor: null } }),
      'POST /api/v1/operator/holders/holder-1/removal': waits,
      'POST /api/v1/operator/holders/holder-1/secret-replacement': waits,
    });
    const page = (
      <Routes>
        <Route path="/holders/:id" element={<HolderPage />} />
      </Routes>
    );
    const operator = anOperator({ permissions: ['holder.read', 'holder.manage'] });
    const { user } = open(page, { at: '/holders/holder-1', operator });
    return { user, sent: (what: string) => asked.find((one) => one.what === what)?.body };
  };

  it('says before a removal how many requests still expect an answer, and that a second operator confirms', async () => {
    const { user, sent } = show();
    await user.click(await screen.findByRole('button', { name: 'Remove' }));
    const dialog = within(await screen.findByRole('dialog'));
    await dialog.findByText('3 open requests still expect an answer from it');
    await user.type(dialog.getByLabelText('Reason'), 'It was switched off');
    await user.click(dialog.getByRole('button', { name: 'Remove' }));
    await screen.findByText('A second operator has to confirm it.');
    expect(sent('POST /api/v1/operator/holders/holder-1/removal')).toEqual({ reason: 'It was switched off' });
  });

  it('has the secret of a service replaced, for a reason', async () => {
    const { user, sent } = show();
    await user.click(await screen.findByRole('button', { name: 'Replace the secret' }));
    const dialog = within(await screen.findByRole('dialog'));
    const send = dialog.getByRole('button', { name: 'Replace the secret' });
    expect(send).toHaveProperty('disabled', true);
    await user.type(dialog.getByLabelText('Reason'), 'It was in a mail');
    await user.click(send);
    await waitFor(() =>
      expect(sent('POST /api/v1/operator/holders/holder-1/secret-replacement')).toEqual({ reason: 'It was in a mail' }),
    );
  });

  it('says until when a former secret counts, and offers to replace none where nobody signs', async () => {
    show({ kind: 'person', formerSecretUntil: '2026-12-01T08:00:00Z' });
    await screen.findByText('Former secret counts until');
    expect(screen.queryByRole('button', { name: 'Replace the secret' })).toBeNull();
  });
});
