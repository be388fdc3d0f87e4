import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanup, screen, waitFor } from '@testing-library/react';
import { createRef } from 'react';
import { anOperator, open, speak } from '../testing/render.js';
import { serve } from '../testing/server.js';
import { SearchBox } from './SearchBox.js';

describe('the search box', () => {
  beforeAll(() => speak('en'));
  afterEach(cleanup);

  const show = (permissions: readonly string[]) => {
    const asked = serve({
      'GET /api/v1/operator/requests': () => ({ body: { items: [{ id: 'request-1' }], nextCursor: null } }),
    });
    const opened = open(<SearchBox ref={createRef()} />, {
      operator: anOperator({ permissions: permissions as never }),
    });
    return { ...opened, asked };
  };

  it('opens the request of a number', async () => {
    const { user, address } = show(['request.read']);
    await user.type(screen.getByRole('combobox'), '261130-qhk88v1{Enter}');
    await waitFor(() => expect(address()).toBe('/requests/request-1'));
  });

  it('asks for no request where the operator reads none', async () => {
    const { user, asked } = show([]);
    await user.type(screen.getByRole('combobox'), '261130-QHK88V1{Enter}');
    await screen.findByText(/Nothing found/);
    expect(asked.filter(({ what }) => what.includes('/requests'))).toEqual([]);
  });
});
