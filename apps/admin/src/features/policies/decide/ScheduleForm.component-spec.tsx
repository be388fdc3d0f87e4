import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import type { Revision } from '../../../api/types.js';
import { open, press, refused, speak } from '../../../testing/render.js';
import { serve, type Asked } from '../../../testing/server.js';
import type { Materiality } from '../policies.types.js';
import { ScheduleForm } from './ScheduleForm.js';

const scheduling = 'POST /api/v1/operator/revisions/revision-1/schedule';
const clock = 'GET /api/v1/dev/clock';
const revision = { id: 'revision-1', contentHash: 'hash' } as Revision;

describe('the form that schedules a revision', () => {
  let asked: Asked[];
  let refusal: object | null;
  beforeAll(() => speak('en'));
  beforeEach(() => {
    refusal = null;
    asked = serve({
      [clock]: () => ({ body: { now: '2026-09-01T00:00:00Z' } }),
      [scheduling]: () => (refusal ? { status: 409, body: refusal } : { body: { id: 'revision-1' } }),
    });
  });
  afterEach(cleanup);

  const form = (computed: Materiality, promisedDays = 7) =>
    open(<ScheduleForm revision={revision} computed={computed} promisedDays={promisedDays} />);
  const at = () => screen.getByLabelText('Takes effect') as HTMLInputElement;
  /** A date field of the browser is set whole; jsdom has no picker to type into. */
  const setTime = (value: string) => fireEvent.change(at(), { target: { value } });
  const submit = () => screen.getByRole('button', { name: 'Schedule' });
  const sent = () => asked.filter(({ what }) => what === scheduling).map(({ body }) => body);

  it('asks for the time before it sends anything', async () => {
    const { user } = form('reductionOfRights');
    await user.click(submit());
    await refused('Takes effect', 'Choose the time of effect');
    expect(sent()).toEqual([]);
  });

  it('says what follows, and that the notice takes its days', async () => {
    form('reductionOfRights', 7);
    expect(screen.getByText('At least 7 days pass between the notice and the effect.')).toBeTruthy();
    await waitFor(() => expect(screen.getByText(/^Earliest allowed: 2026-09-08/)).toBeTruthy());
  });

  it('schedules by keyboard and moves on to the facts', async () => {
    const { user, address } = form('reductionOfRights');
    setTime('2026-09-20T10:00');
    submit().focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(address()).toBe('/revisions/revision-1/facts'));
    expect(sent()).toEqual([{ effectiveAt: new Date('2026-09-20T10:00').toISOString() }]);
    expect(await screen.findByText('Scheduled.')).toBeTruthy();
  });

  it('shows at the time that it is too early, with the earliest the server knows, and keeps what was chosen', async () => {
    refusal = { code: 'policy.lead_time_too_short', earliestEffectiveAt: '2026-09-25T00:00:00Z' };
    const { user, address } = form('reductionOfRights');
    setTime('2026-09-20T10:00');
    await user.click(submit());
    await refused('Takes effect', 'This is too soon: people must be told earlier than that. Nothing was scheduled.');
    expect(screen.getByText(/^Earliest allowed: 2026-09-25/)).toBeTruthy();
    expect(at().value).toBe('2026-09-20T10:00');
    expect(address()).toBe('/');
  });

  it('needs a reason to make it heavier', async () => {
    const { user } = form('informational', 0);
    setTime('2026-09-20T10:00');
    expect(screen.queryByLabelText('Reason')).toBeNull();
    await user.click(screen.getByRole('combobox', { name: 'Treat it as heavier' }));
    press('ArrowDown');
    press('Enter');
    const reason = await screen.findByLabelText('Reason');
    await user.click(submit());
    await refused('Reason', 'Give the reason');
    await user.type(reason, 'Readers would be surprised');
    await user.click(submit());
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]).toMatchObject({ raiseTo: expect.any(String), reason: 'Readers would be surprised' });
  });

  it('needs the word that no right changes where only the wording does', async () => {
    const { user } = form('editorial', 0);
    setTime('2026-09-20T10:00');
    await user.click(submit());
    await refused(/^Only the wording changes/, 'Confirm that no right changes.');
    expect(sent()).toEqual([]);
    await user.click(screen.getByRole('checkbox', { name: 'Only the wording changes; nobody’s right does.' }));
    await user.click(submit());
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]).toMatchObject({ confirmsNoRightChanged: true });
  });
});
