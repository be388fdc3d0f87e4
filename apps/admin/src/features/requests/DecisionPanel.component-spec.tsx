import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { anOperator, open, press, speak } from '../../testing/render.js';
import { serve } from '../../testing/server.js';
import { DecisionPanel } from './DecisionPanel.js';
import type { SubjectRequest } from './requests.queries.js';

const path = '/api/v1/operator/requests/request-1';
const next = { granted: 'waiting', partlyGranted: 'waiting', refused: 'closed' };
const aRequest = (changes: object = {}, deciding: object = {}) =>
  ({
    id: 'request-1',
    number: '261130-0000001',
    type: 'deletion',
    state: 'open',
    locale: 'en',
    categories: ['registration.email', 'log.browsing'],
    names: { 'log.browsing': { en: 'Browsing logs' } },
    decisions: [],
    requester: null,
    subjectId: 'person-1',
    mayDecide: true,
    isWithheld: false,
    deciding: {
      barrier: null,
      linkChangeId: null,
      isAboutHeldData: true,
      isAnsweredInWords: false,
      isIrrevocable: true,
      outcomes: ['grant', 'refuse', 'keep', 'restrict'],
      next,
      ...deciding,
    },
    ...changes,
  }) as unknown as SubjectRequest;

const names = { 'registration.email': { en: 'E-mail' }, 'log.login': { en: 'Sign-in logs' } };
const part = { since: null, until: null, outcome: 'done', isSignIn: false, exemptions: [] };
const email = { ...part, holder: 'identity', category: 'registration.email', count: 3, isSignIn: true };
const law = { ground: 'legalMinimum', article: 'Art. 21', until: '2027-05-30T00:00:00.000Z' };
const logs = { ...part, holder: 'telemetry', category: 'log.login', count: 4, exemptions: [law] };

describe('deciding on a request', () => {
  beforeAll(() => speak('en'));
  afterEach(cleanup);

  interface Shown {
    readonly request?: SubjectRequest;
    readonly held?: readonly object[];
    readonly decided?: () => { status?: number; body: object };
  }
  const show = ({ request = aRequest(), held = [email, logs], decided = () => ({ body: request }) }: Shown = {}) => {
    let items = held;
    const asked = serve({
      [`GET ${path}/findings`]: () => ({ body: { items, names } }),
      [`POST ${path}/decision`]: decided,
      'GET /api/v1/operator/answer-templates': () => ({ body: { items: [] } }),
    });
    const opened = open(<DecisionPanel request={request} />, {
      operator: anOperator({ permissions: ['request.decideAny'] as never }),
    });
    return {
      ...opened,
      sent: () => asked.filter(({ what }) => what === `POST ${path}/decision`).map(({ body }) => body),
      nowHeld: (some: readonly object[]) => (items = some),
    };
  };
  const decide = () => screen.getByRole('button', { name: 'Decide' });

  it('begins with what the grounds ask for, holder by holder, and needs a reason for each refusal', async () => {
    const { user, sent } = show();
    await user.click(await screen.findByRole('radio', { name: 'Decide one by one' }));
    await user.click(screen.getByRole('combobox', { name: 'E-mail · Account' }));
    press('ArrowDown');
    press('Enter');
    const reason = await screen.findByLabelText('E-mail · Account: Why it is refused');
    await user.click(decide());
    expect(sent()).toEqual([]);
    await user.click(reason);
    await user.paste('Needed to answer');
    await user.click(decide());
    await waitFor(() =>
      expect(sent()).toEqual([
        {
          outcome: 'perCategory',
          items: [
            { holder: 'identity', category: 'registration.email', outcome: 'refuse', reason: 'Needed to answer' },
            { holder: 'telemetry', category: 'log.login', outcome: 'keep', ...law },
          ],
        },
      ]),
    );
  });

  it('shows counted what goes and what stays before anything is deleted, and that somebody signs in by it', async () => {
    const { user, sent } = show();
    await screen.findByRole('radio', { name: 'Grant all but what has to stay' });
    await user.click(decide());
    const dialog = await screen.findByRole('dialog');
    screen.getByText('Looked for and not there: Browsing logs');
    within(dialog).getByText('3 records are deleted');
    within(dialog).getByText('4 records are not deleted');
    within(dialog).getByText('Legal minimum · Art. 21 · until 2027-05-30');
    within(dialog).getByText(/They sign in by this: E-mail/);
    expect(sent()).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Grant the deletion of 3 records' }));
    await waitFor(() => expect(sent()).toEqual([{ outcome: 'grant' }]));
  });

  it('says that all of it stays, and asks for no confirmation then', async () => {
    const { user, sent } = show({ held: [logs] });
    await screen.findByText(/nothing can be deleted, all of it has to stay/);
    await user.click(decide());
    await waitFor(() => expect(sent()).toEqual([{ outcome: 'grant' }]));
  });

  it('says what has changed where it was refused as stale, and keeps what was filled in', async () => {
    const stale = { status: 412, body: { code: 'request.stale_findings', detail: '' } };
    const { user, nowHeld } = show({ held: [logs], decided: () => stale });
    await user.click(await screen.findByLabelText('Answer to the person'));
    await user.paste('What I wrote');
    nowHeld([{ ...logs, count: 5 }, email]);
    await user.click(decide());
    await screen.findByText('Sign-in logs (Collected logs): 4 records → 5 records');
    screen.getByText('E-mail (Account): none → 3 records');
    expect(screen.getByLabelText<HTMLTextAreaElement>('Answer to the person').value).toBe('What I wrote');
  });

  it('asks for the words of what is answered in words, and calls a complaint dealt with', async () => {
    const words = { isAboutHeldData: false, isAnsweredInWords: true, isIrrevocable: false };
    const request = aRequest({ type: 'complaint', categories: [] }, { ...words, next: { ...next, granted: 'closed' } });
    const { user, sent } = show({ request });
    screen.getByRole('radio', { name: 'Dealt with' });
    screen.getByRole('radio', { name: 'Not upheld' });
    await user.click(decide());
    await screen.findByText('Write something here.');
    await user.click(screen.getByLabelText('Answer to the person'));
    await user.paste('We spoke to the organiser.');
    await user.click(decide());
    await waitFor(() => expect(sent()).toEqual([{ outcome: 'grant', text: 'We spoke to the organiser.' }]));
  });

  it('is closed to everybody while the link of a relative waits', async () => {
    show({ request: aRequest({ mayDecide: false }, { barrier: 'linkWaits', linkChangeId: 'change-1' }) });
    expect((await screen.findByRole('link', { name: 'Show the link that waits' })).getAttribute('href')).toBe(
      '/changes/change-1',
    );
    expect(screen.queryByRole('button', { name: 'Decide' })).toBeNull();
  });
});
