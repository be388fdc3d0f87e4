import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cleanup, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { answerOf, api } from '../api/client.js';
import { open, refused, speak } from '../testing/render.js';
import { serve, type Asked } from '../testing/server.js';
import { declineChallenge } from './challenge.js';
import { ChallengeDialog } from './ChallengeDialog.js';

const confirmation = 'POST /api/v1/operator/changes/change-1/confirmation';
const stepUp = 'POST /api/v1/operator/sessions/step-up';

/** A page with an act that needs the password again. */
function Page() {
  const [outcome, setOutcome] = useState('');
  const act = () =>
    answerOf(
      api.POST('/api/v1/operator/changes/{id}/confirmation', { params: { path: { id: 'change-1' } }, body: {} }),
    ).then(
      () => setOutcome('done'),
      (error: Error) => setOutcome(error.name),
    );
  return (
    <>
      <button onClick={() => void act()}>Confirm the change</button>
      <output>{outcome}</output>
      <ChallengeDialog />
    </>
  );
}

describe('the dialog that asks for the password again', () => {
  let asked: Asked[];
  let isFresh: boolean;
  beforeAll(() => speak('en'));
  beforeEach(() => {
    isFresh = false;
    asked = serve({
      [confirmation]: () =>
        isFresh ? { body: { id: 'change-1' } } : { status: 403, body: { code: 'session.step_up_required' } },
      [stepUp]: ({ password }: { password: string }) => {
        isFresh = password === 'right';
        return isFresh
          ? { body: { csrfToken: 'newest' } }
          : { status: 401, body: { code: 'session.invalid_credentials' } };
      },
    });
  });
  afterEach(() => {
    cleanup();
    declineChallenge();
  });

  const askForIt = async () => {
    const { user } = open(<Page />);
    await user.click(screen.getByRole('button', { name: 'Confirm the change' }));
    const dialog = await screen.findByRole('dialog', { name: 'Confirm that it is you' });
    const password = screen.getByLabelText('Password') as HTMLInputElement;
    return { user, dialog, password };
  };
  const sent = (what: string) => asked.filter((one) => one.what === what);

  it('says why it asks, and waits in its password field', async () => {
    const { dialog, password } = await askForIt();
    expect(dialog.textContent).toContain('It then holds for five minutes.');
    await waitFor(() => expect(document.activeElement).toBe(password));
  });

  it('sends nothing without a password, and says so at the field', async () => {
    const { user } = await askForIt();
    await user.click(screen.getByRole('button', { name: 'Confirm' }));
    await refused('Password', 'Enter your password');
    expect(sent(stepUp)).toEqual([]);
  });

  it('announces a wrong password and stays, then sends the same act again with the newest token', async () => {
    const { user, password } = await askForIt();
    await user.type(password, 'wrong{Enter}');
    expect((await screen.findByText('The password is not right.')).closest('[role="alert"]')).toBeTruthy();
    expect(screen.getByRole('dialog')).toBeTruthy();
    await user.clear(password);
    await user.type(password, 'right{Enter}');
    expect(await screen.findByText('done')).toBeTruthy();
    expect(sent(confirmation)).toHaveLength(2);
    expect(sent(confirmation)[1]?.csrf).toBe('newest');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('opens the field of the second factor only when asked to', async () => {
    const { user } = await askForIt();
    expect(screen.queryByLabelText('Second-factor code')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'I have a second-factor code' }));
    expect(document.activeElement).toBe(screen.getByLabelText('Second-factor code'));
  });

  it('goes away by Escape: nothing was done, nothing is sent again', async () => {
    const { user, password } = await askForIt();
    await waitFor(() => expect(document.activeElement).toBe(password));
    await user.keyboard('{Escape}');
    expect(await screen.findByText('ChallengeDeclined')).toBeTruthy();
    expect(sent(confirmation)).toHaveLength(1);
    expect(sent(stepUp)).toEqual([]);
  });
});
