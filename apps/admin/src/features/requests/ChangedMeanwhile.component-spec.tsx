import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanup, screen } from '@testing-library/react';
import { useState } from 'react';
import { Route, Routes } from 'react-router';
import { open, speak } from '../../testing/render.js';
import { serve } from '../../testing/server.js';
import { ChangedMeanwhile } from './ChangedMeanwhile.js';
import { keyed, useRequestKeys } from './request-keys.js';
import { rememberOrder } from './request-order.js';
import type { SubjectRequest } from './requests.queries.js';

const aStep = (act: string, by: string) => ({ at: '2026-11-30T14:33:00.000Z', act, by, person: null, text: null });
const aRequest = (timeline: readonly object[], mayDecide: boolean) =>
  ({ id: 'request-1', timeline, mayDecide, answer: null }) as unknown as SubjectRequest;
const before = aRequest([aStep('opened', 'subject')], true);

describe('a request that a colleague goes on with', () => {
  beforeAll(() => speak('en'));
  afterEach(cleanup);

  function Page({ after }: { after: SubjectRequest }) {
    const [request, setRequest] = useState(before);
    return (
      <>
        <ChangedMeanwhile request={request} written="What I wrote" />
        <button onClick={() => setRequest(after)}>Reload</button>
      </>
    );
  }

  it('says what they did, and keeps what was being written', async () => {
    serve({});
    const after = aRequest([aStep('opened', 'subject'), aStep('decided', 'Han Qingyue')], false);
    const { user } = open(<Page after={after} />);
    expect(screen.queryByRole('alert')).toBeNull();
    await user.click(screen.getByText('Reload'));
    const told = (await screen.findByRole('alert')).textContent;
    for (const words of ['Han Qingyue', 'Decided', 'What I wrote']) expect(told).toContain(words);
  });

  it('says nothing of what whoever looks did themselves', async () => {
    serve({});
    const after = aRequest([aStep('opened', 'subject'), aStep('decided', 'Fang Yuan')], false);
    const { user } = open(<Page after={after} />);
    await user.click(screen.getByText('Reload'));
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('the keys on the page of a request', () => {
  beforeAll(() => speak('en'));
  afterEach(cleanup);

  function Keys({ sent }: { sent: () => void }) {
    const [asked, setAsked] = useState(false);
    useRequestKeys();
    return (
      <>
        <button {...keyed('q')} onClick={() => setAsked(true)}>
          Ask
        </button>
        {asked && <p>Asking</p>}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            sent();
          }}
        >
          <input aria-label="Answer" />
        </form>
      </>
    );
  }

  it('lead to the next one of the queue and back, press what is marked, and send the form in hand', async () => {
    serve({});
    rememberOrder(['request-1', 'request-2']);
    let sent = 0;
    const page = (
      <Routes>
        <Route path="requests/:id" element={<Keys sent={() => (sent += 1)} />} />
      </Routes>
    );
    const { user, address } = open(page, { at: '/requests/request-1' });
    await user.keyboard('j');
    expect(address()).toBe('/requests/request-2');
    await user.keyboard('jk');
    expect(address()).toBe('/requests/request-1');
    await user.keyboard('q');
    await screen.findByText('Asking');
    await user.type(screen.getByLabelText('Answer'), 'jq{Control>}{Enter}{/Control}');
    expect([address(), sent]).toEqual(['/requests/request-1', 1]);
  });
});
