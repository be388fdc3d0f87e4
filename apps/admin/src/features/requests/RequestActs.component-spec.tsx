import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { anOperator, open, speak } from '../../testing/render.js';
import { serve } from '../../testing/server.js';
import { RequestActs } from './RequestActs.js';
import type { SubjectRequest } from './requests.queries.js';
import { WhoDecides } from './WhoDecides.js';

const aRequest = (changes: Partial<SubjectRequest> = {}) =>
  ({
    id: 'request-1',
    type: 'deletion',
    state: 'open',
    closedAt: null,
    assigneeId: 'operator-1',
    deciding: { barrier: null },
    extension: null,
    requester: null,
    ...changes,
  }) as SubjectRequest;

describe('what is done with a request beside deciding it', () => {
  beforeAll(() => speak('en'));
  afterEach(cleanup);

  const show = (request: SubjectRequest, at = '/requests/request-1') => {
    const people = [
      { id: 'operator-1', name: 'Fang Yuan', mayDecide: false },
      { id: 'operator-2', name: 'Han Qingyue', mayDecide: true },
    ];
    const asked = serve({
      'GET /api/v1/operator/requests/request-1/colleagues': () => ({ body: { items: people } }),
      'POST /api/v1/operator/requests/request-1/assignment': (body: { operatorId: string | null }) => ({
        body: { ...request, assigneeId: body.operatorId, assignee: 'Han Qingyue' },
      }),
    });
    const page = (
      <>
        <WhoDecides request={request} />
        <RequestActs request={request} />
      </>
    );
    const operator = anOperator({ permissions: ['request.answer'] as never });
    return { ...open(page, { at, operator }), sent: () => asked.filter(({ what }) => what.startsWith('POST')) };
  };

  it('names who decides where it is not for whoever looks, and takes whoever came to decide there', async () => {
    show(aRequest({ deciding: { barrier: 'kind' } as never }), '/requests/request-1#decision');
    expect(await screen.findByText(/Who may decide: Han Qingyue/)).toBeTruthy();
    expect(document.activeElement?.textContent).toContain('decided by a privacy officer');
  });

  it('says nothing of others to whoever may decide', () => {
    show(aRequest());
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('gives it to a colleague, or back to nobody', async () => {
    const { user, sent } = show(aRequest());
    await user.click(screen.getByRole('button', { name: 'Hand over' }));
    const dialog = await screen.findByRole('dialog');
    await within(dialog).findByLabelText('Nobody yet');
    await user.click(within(dialog).getByLabelText('Han Qingyue'));
    await user.click(within(dialog).getByRole('button', { name: 'Hand over' }));
    await waitFor(() => expect(sent()).toMatchObject([{ body: { operatorId: 'operator-2' } }]));
  });

  it('offers an extension only where there is one, and says until when', async () => {
    show(aRequest());
    expect(screen.queryByRole('button', { name: /Extend/ })).toBeNull();
    cleanup();
    const extension = { dueAt: '2027-01-29T15:59:59.999Z', article: 'Art. 12(3)' };
    const { user } = show(aRequest({ extension }));
    await user.click(screen.getByRole('button', { name: /Extend/ }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText(/Art\. 12\(3\)/).textContent).toContain('2027-01-29');
  });
});
