import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanup, screen, waitFor } from '@testing-library/react';
import { anOperator, open, refused, speak } from '../../testing/render.js';
import { serve } from '../../testing/server.js';
import { RecordRequestDialog } from './RecordRequestDialog.js';

describe('recording a request for somebody', () => {
  beforeAll(() => speak('en'));
  afterEach(cleanup);

  const show = (
    subjectId: string | null = 'subject-1',
    number: string | null = '261130-0000001',
    answer: object = { status: 201, body: { id: 'request-1', number } },
  ) => {
    const asked = serve({
      'GET /api/v1/operator/subjects/subject-1/holdings': () => ({ body: { items: [], devices: [] } }),
      'POST /api/v1/operator/requests': () => answer,
    });
    const opened = open(<RecordRequestDialog subjectId={subjectId} close={() => undefined} />, {
      at: '/subjects/subject-1/requests',
      operator: anOperator({ permissions: ['request.answer'] as never }),
    });
    return { ...opened, sent: () => asked.find(({ what }) => what === 'POST /api/v1/operator/requests')?.body };
  };
  const send = () => screen.getByRole('button', { name: 'Record a request' });

  it('says how it came, what is asked and how it was made sure who asks, and leads to it', async () => {
    const { user, sent, address } = show();
    await user.click(screen.getByLabelText('Letter'));
    await user.type(screen.getByLabelText('In their words'), 'What do you hold?');
    await user.type(screen.getByLabelText('How you made sure who asks'), 'Compared the order');
    await user.type(screen.getByLabelText('Why you record it for them'), 'They wrote to us');
    await user.click(send());
    await waitFor(() => expect(address()).toBe('/requests/request-1'));
    expect(sent()).toEqual({
      subjectId: 'subject-1',
      type: 'access',
      channel: 'letter',
      categories: [],
      text: 'What do you hold?',
      evidence: { text: 'Compared the order', attachmentIds: [] },
      reason: 'They wrote to us',
    });
  });

  it('sends nothing while it is not said who asks and why', async () => {
    const { user, sent } = show();
    await user.click(send());
    await screen.findByText('Fill this in');
    await screen.findByText('Say why, in five characters at least');
    expect(sent()).toBeUndefined();
  });

  it('tells at the address that it cannot be one, and keeps what was typed', async () => {
    const { user } = show(null, null, {
      status: 400,
      body: {
        code: 'identifier.bad_phone',
        errors: [{ pointer: '/identifier/value', code: 'identifier.bad_phone', message: '' }],
      },
    });
    await user.type(screen.getByLabelText('Telephone number or e-mail'), '12');
    await user.type(screen.getByLabelText('How you made sure who asks'), 'They called');
    await user.type(screen.getByLabelText('Why you record it for them'), 'They have no account');
    await user.click(send());
    await refused('Telephone number or e-mail', 'This is not a phone number.');
    expect((screen.getByLabelText('Telephone number or e-mail') as HTMLInputElement).value).toBe('12');
  });

  it('sends a code to somebody without an account, and leads to what has begun alone', async () => {
    const { user, sent, address } = show(null, null);
    await user.click(screen.getByLabelText('Email'));
    await user.type(screen.getByLabelText('Telephone number or e-mail'), ' he@example.com ');
    await user.type(screen.getByLabelText('Name, as they say it (optional)'), '林小荷');
    await user.type(screen.getByLabelText('How you made sure who asks'), 'They called from that number');
    await user.type(screen.getByLabelText('Why you record it for them'), 'They have no account');
    await user.click(send());
    await screen.findByText(/^Recorded. A code is on its way/);
    expect(address()).toBe('/subjects/subject-1/requests');
    expect(sent()).toEqual({
      identifier: { type: 'email', value: 'he@example.com' },
      name: '林小荷',
      locale: 'zh-CN',
      type: 'access',
      channel: 'telephone',
      evidence: { text: 'They called from that number', attachmentIds: [] },
      reason: 'They have no account',
    });
  });
});
