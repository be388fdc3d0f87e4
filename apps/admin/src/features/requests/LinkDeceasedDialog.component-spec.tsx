import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanup, screen, waitFor } from '@testing-library/react';
import { anOperator, open, speak } from '../../testing/render.js';
import { serve } from '../../testing/server.js';
import { LinkDeceasedDialog } from './LinkDeceasedDialog.js';
import type { SubjectRequest } from './requests.queries.js';

const since = { createdAt: '2026-01-02T00:00:00Z' };
const person = { id: 'person-1', kind: 'person', displayName: '林**', status: 'active', ...since };
const shop = { id: 'shop-1', kind: 'enterprise', displayName: '雾**', status: 'active', ...since };

describe('saying whose data a near relative asks about', () => {
  beforeAll(() => speak('en'));
  afterEach(cleanup);

  const show = (items: readonly object[], officers: readonly string[] = ['Han Qingyue']) => {
    const people = officers.map((name) => ({ id: name, name, mayDecide: true, isOfficer: true }));
    const asked = serve({
      'GET /api/v1/operator/requests/request-1/colleagues': () => ({ body: { items: people } }),
      'POST /api/v1/operator/subjects/search': () => ({ body: { items, nextCursor: null } }),
      'POST /api/v1/operator/requests/request-1/deceased': () => ({
        status: 202,
        body: { change: { id: 'change-1' } },
      }),
    });
    const request = { id: 'request-1', number: '261130-0000001' } as SubjectRequest;
    const opened = open(<LinkDeceasedDialog request={request} close={() => undefined} />, {
      at: '/requests/request-1',
      operator: anOperator({ permissions: ['request.answer'] as never }),
    });
    return {
      ...opened,
      sent: (path: string) => asked.find(({ what }) => what === `POST /api/v1/operator/${path}`)?.body,
    };
  };

  it('finds them by what the evidence names, shows them masked, and asks for a second look', async () => {
    const { user, sent, address } = show([person, shop]);
    await user.type(screen.getByLabelText('Who died'), ' 13900000001 {Enter}');
    const found = await screen.findByRole('radio', { name: /林\*\*/ });
    expect(sent('subjects/search')).toEqual({
      by: 'phone',
      value: '13900000001',
      reason: 'Request 261130-0000001 of a near relative',
    });
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /雾\*\*/ }).disabled).toBe(true);
    await user.click(found);
    await user.type(screen.getByLabelText('What the evidence shows'), 'Saw both certificates');
    await user.click(screen.getByRole('button', { name: 'Ask for confirmation' }));
    await waitFor(() => expect(address()).toBe('/changes/change-1'));
    expect(sent('requests/request-1/deceased')).toEqual({ subjectId: 'person-1', reason: 'Saw both certificates' });
  });

  it('says who may confirm it, and proposes nothing while nobody may', async () => {
    show([person]);
    await screen.findByText('Who may confirm it: Han Qingyue.');
    cleanup();
    const { user } = show([person], []);
    await screen.findByText(/No other privacy officer can confirm it/);
    await user.type(screen.getByLabelText('Who died'), '13900000001{Enter}');
    await screen.findByRole('radio', { name: /林\*\*/ });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Ask for confirmation' }).disabled).toBe(true);
  });

  it('proposes nobody while nobody was found', async () => {
    const { user } = show([]);
    await user.type(screen.getByLabelText('Who died'), '13900000002{Enter}');
    await screen.findByText(/Nobody is known by this/);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Ask for confirmation' }).disabled).toBe(true);
  });
});
