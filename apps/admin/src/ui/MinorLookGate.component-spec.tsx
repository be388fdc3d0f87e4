import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanup, screen, waitFor } from '@testing-library/react';
import { open, speak } from '../testing/render.js';
import { serve } from '../testing/server.js';
import { MinorLookGate } from './MinorLookGate.js';

const path = '/api/v1/operator/subjects/subject-1/minor-look';
const closed = { isClosed: true, openUntil: null, waiting: null };

describe('what is held about a minor', () => {
  beforeAll(() => speak('en'));
  afterEach(cleanup);

  const show = (standing: () => object) => {
    const asked = serve({
      [`GET ${path}`]: () => ({ body: standing() }),
      [`POST ${path}`]: () => ({ status: 202, body: { change: { id: 'change-1' } } }),
    });
    const opened = open(<MinorLookGate subjectId="subject-1">the value</MinorLookGate>);
    return { ...opened, asked };
  };

  it('is there at once for whom nobody has to agree', async () => {
    show(() => ({ ...closed, isClosed: false }));
    expect(await screen.findByText('the value')).toBeTruthy();
  });

  it('waits for a colleague who is asked with a reason, and is there once they agreed', async () => {
    let standing: object = closed;
    const { user, asked, client } = show(() => standing);
    await user.click(await screen.findByRole('button', { name: 'Ask a colleague' }));
    expect(asked.filter(({ what }) => what.startsWith('POST'))).toEqual([]);
    await user.type(screen.getByLabelText('Reason'), 'Ticket 4711');
    standing = { ...closed, waiting: { id: 'change-1' } };
    await user.click(screen.getByRole('button', { name: 'Ask a colleague' }));
    const link = await screen.findByRole('link', { name: 'Show what was asked' });
    expect(link.getAttribute('href')).toBe('/changes/change-1');
    expect(asked.find(({ what }) => what.startsWith('POST'))?.body).toEqual({ reason: 'Ticket 4711' });
    expect(screen.queryByText('the value')).toBeNull();
    standing = { ...closed, isClosed: false };
    await client.invalidateQueries();
    await waitFor(() => expect(screen.getByText('the value')).toBeTruthy());
  });
});
