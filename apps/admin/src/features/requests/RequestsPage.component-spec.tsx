import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { anOperator, open, speak } from '../../testing/render.js';
import { serve } from '../../testing/server.js';
import { RequestsPage } from './RequestsPage.js';

const aRequest = (id: string) => ({
  id,
  number: `261130-000000${id}`,
  type: 'access',
  state: 'open',
  categories: [],
  isAboutHeldData: true,
  names: {},
  openedAt: '2026-11-30T08:00:00.000Z',
  dueAt: '2026-12-15T15:59:59.999Z',
  daysLeft: 15,
  article: 'PIPL art. 50',
  outcome: null,
  closedAt: null,
  subjectId: 'subject-1',
  assignee: null,
  channel: 'app',
  personName: '林**',
  hasAccount: true,
  isAppeal: false,
  isJoined: false,
  isEnterprise: false,
});

describe('the queue of requests', () => {
  beforeAll(() => speak('en'));
  afterEach(() => {
    cleanup();
    localStorage.clear();
  });

  const show = async ({ at = '/requests', permissions = ['request.read', 'request.answer'], second = {} } = {}) => {
    const asked = serve({
      'GET /api/v1/operator/requests': () => ({
        body: { items: [aRequest('1'), { ...aRequest('2'), ...second }], nextCursor: null },
      }),
      'POST /api/v1/operator/requests/2/assignment': () => ({ body: aRequest('2') }),
    });
    const opened = open(<RequestsPage />, { at, operator: anOperator({ permissions: permissions as never }) });
    await screen.findByText('261130-0000001');
    return { ...opened, asked: () => asked.map(({ what }) => what) };
  };
  const focused = () => document.activeElement?.textContent;

  it('is gone through by j and k, row by row', async () => {
    const { user } = await show();
    await user.keyboard('j');
    expect(focused()).toBe('261130-0000001');
    await user.keyboard('jj');
    expect(focused()).toBe('261130-0000002');
    await user.keyboard('k');
    expect(focused()).toBe('261130-0000001');
  });

  it('gives the request that has the focus to whoever presses a, and opens its decision by d', async () => {
    const { user, asked, address } = await show();
    await user.keyboard('jja');
    await waitFor(() => expect(asked()).toContain('POST /api/v1/operator/requests/2/assignment'));
    await user.keyboard('d');
    expect(address()).toBe('/requests/2');
  });

  it('says whom each is about, how it came, what is decided anew and what was taken into another', async () => {
    const second = { hasAccount: false, channel: 'letter', isAppeal: true, isJoined: true, state: 'cancelled' };
    await show({ second });
    const [, first, other] = screen.getAllByRole('row').map((row) => row.textContent);
    expect(first).toContain('林**');
    for (const words of ['No account', 'Letter', 'Appealed', 'Joined']) expect(other).toContain(words);
    expect(other).not.toContain('Taken back');
  });

  it('gives nothing to whoever may not answer', async () => {
    const { user, asked } = await show({ permissions: ['request.read'] });
    await user.keyboard('jja');
    expect(asked().filter((what) => what.startsWith('POST'))).toEqual([]);
  });

  it('takes no key that is typed, belongs to g, or while single keys are off', async () => {
    const { user, address, asked } = await show();
    await user.keyboard('jgd');
    await user.type(screen.getByLabelText('Number'), 'jad');
    localStorage.setItem('abide.singleKeys', 'off');
    await user.click(screen.getByRole('heading', { level: 1 }));
    await user.keyboard('j');
    expect(document.activeElement).toBe(document.body);
    expect([address(), asked().filter((what) => what.startsWith('POST'))]).toEqual(['/requests?number=jad', []]);
  });

  it('says what a figure counts, and lifts it; meanwhile it decides on nothing that the list does not show', async () => {
    const { user, address } = await show({
      permissions: ['request.read', 'request.answer', 'request.decide'],
      at: '/requests?type=access&age=15',
    });
    expect(screen.queryByRole('button', { name: 'Decide on all that match' })).toBeNull();
    await user.click(screen.getByRole('button', { name: /Open · 7 to 15 days ago/ }));
    expect(address()).toBe('/requests?type=access');
    await screen.findByRole('button', { name: 'Decide on all that match' });
  });

  it('has views that everybody has, each with its filter in the address', async () => {
    const { user, address } = await show();
    await user.click(screen.getByRole('button', { name: 'star Views' }));
    const views = await screen.findByRole('tooltip');
    for (const [name, filter] of [
      ['Mine', 'assignee=me'],
      ['Due within seven days', 'due=week'],
      ['Overdue', 'due=overdue'],
      ['Waiting for a second look', 'state=awaitingSecond'],
      ['Appeals', 'only=appeals'],
    ] as const) {
      await user.click(within(views).getByRole('button', { name }));
      expect(address()).toBe(`/requests?${filter}`);
    }
  });

  it('shows what would come of one decision for those selected, and asks a colleague to confirm what is possible', async () => {
    const item = {
      id: '1',
      number: '261130-0000001',
      type: 'access',
      outcome: 'granted',
      state: 'fulfilling',
      refusal: null,
    };
    const refused = { ...item, id: '2', number: '261130-0000002', outcome: null, state: null, refusal: 'request.over' };
    const sent: unknown[] = [];
    const { user, address } = await show({ permissions: ['request.read', 'request.answer', 'request.decide'] });
    serve({
      'GET /api/v1/operator/requests': () => ({ body: { items: [aRequest('1'), aRequest('2')], nextCursor: null } }),
      'POST /api/v1/operator/requests/bulk-decisions': (body: never) => {
        sent.push(body);
        return { body: { id: 'bulk-1', state: 'dryRun', settled: 0, items: [item, refused] } };
      },
    });
    await user.keyboard('jxjx');
    await user.click(screen.getByRole('button', { name: 'Decide on 2 selected' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Show what would come of it' }));
    await within(dialog).findByText('1 of 2 can be decided so. Nothing has happened yet.');
    within(dialog).getByText('The request is over. Nothing was changed.');
    await user.click(within(dialog).getByRole('button', { name: 'Ask a colleague to confirm 1' }));
    await waitFor(() => expect(address()).toBe('/requests/bulk/bulk-1'));
    expect(sent).toMatchObject([
      { ids: ['1', '2'], decision: { outcome: 'grant' }, dryRun: true },
      { ids: ['1'], decision: { outcome: 'grant' }, dryRun: false },
    ]);
  });
});
