import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanup, screen } from '@testing-library/react';
import type { Permission } from '../../api/types.js';
import { anOperator, open, speak } from '../../testing/render.js';
import { serve } from '../../testing/server.js';
import { RequestSettingsPage } from './RequestSettingsPage.js';

describe('how requests are answered', () => {
  beforeAll(() => speak('en'));
  afterEach(cleanup);

  const show = (...permissions: Permission[]) => {
    serve({
      'GET /api/v1/operator/request-settings': () => ({
        body: { preparesItself: true, correctsItself: false, waitingDays: 3 },
      }),
      'GET /api/v1/operator/changes': () => ({ body: { items: [], nextCursor: null } }),
    });
    open(<RequestSettingsPage />, { operator: anOperator({ permissions }) });
  };

  it('is read by whoever reads requests, who learns that administrators change it', async () => {
    show('request.readSettings');
    await screen.findByText('3 days');
    expect(screen.getByText(/^Administrators change these settings/)).toBeTruthy();
    expect(screen.queryByRole('switch')).toBeNull();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('is changed by an administrator', async () => {
    show('request.readSettings', 'request.configure');
    expect(await screen.findAllByRole('switch')).toHaveLength(2);
    expect(screen.getByRole('button', { name: 'Save' })).toBeTruthy();
    expect(screen.queryByText(/^Administrators change these settings/)).toBeNull();
  });
});
