import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanup, screen } from '@testing-library/react';
import { Button, Form, Input } from 'antd';
import { ProblemError, UnreachableError, type FieldProblem } from '../api/problem.js';
import { ChallengeDeclined } from '../session/challenge.js';
import { open, refused, speak } from '../testing/render.js';
import { ProblemAlert } from './ProblemAlert.js';
import { useProblem } from './use-problem.js';

const refusal = (code: string, { status = 400, errors = [] as FieldProblem[], detail = '', extra = {} } = {}) =>
  new ProblemError(status, code, detail, 'reference-7', errors, extra);

/** A form whose sending is refused. */
function Refused({ error }: { error: unknown }) {
  const [form] = Form.useForm();
  const showProblem = useProblem();
  return (
    <Form form={form} onFinish={() => showProblem(error, form)}>
      <Form.Item name="email" label="Email">
        <Input />
      </Form.Item>
      <Button htmlType="submit">Send</Button>
    </Form>
  );
}

describe('a refusal', () => {
  beforeAll(() => speak('en'));
  afterEach(cleanup);

  const send = async (error: unknown) => {
    const { user } = open(<Refused error={error} />);
    const field = screen.getByLabelText('Email');
    await user.type(field, 'fang@yuan');
    await user.click(screen.getByRole('button', { name: 'Send' }));
    return field as HTMLInputElement;
  };

  it('of a field is told with the field, which keeps what was typed', async () => {
    const field = await send(
      refusal('request.invalid', { errors: [{ pointer: '/email', code: 'isEmail', message: '' }] }),
    );
    await refused('Email', 'This is not an email address.');
    expect(field.value).toBe('fang@yuan');
  });

  it('of anything else is told over the page, in the sentence of its code, and nothing typed is lost', async () => {
    const field = await send(refusal('operator.forbidden', { status: 403, extra: { permission: 'policy.edit' } }));
    expect(
      await screen.findByText('Your roles do not allow this. It needs the permission “Write policies”.'),
    ).toBeTruthy();
    expect(field.value).toBe('fang@yuan');
  });

  it('that nobody was asked about is not told: the dialog was closed', async () => {
    await send(new ChallengeDeclined());
    expect(document.querySelector('.ant-message-notice')).toBeNull();
  });
});

describe('what went wrong, where the person is looking', () => {
  beforeAll(() => speak('zh-CN'));
  afterEach(cleanup);

  const told = (error: unknown) => {
    open(<ProblemAlert error={error} />);
    return screen.queryByRole('alert')?.textContent ?? null;
  };

  it('is said in the language of the console', () => {
    expect(told(refusal('session.invalid_credentials', { status: 401 }))).toMatch(/[\u4e00-\u9fff]/);
  });

  it('comes with the reference to quote where we do not know the code, and without one where we do', () => {
    expect(told(refusal('moon.too_far', { detail: 'The moon is too far.' }))).toMatch(
      /The moon is too far\..*reference-7/,
    );
    cleanup();
    expect(told(refusal('session.invalid_credentials'))).not.toContain('reference-7');
  });

  it('tells a server that cannot be reached from one that refused', () => {
    expect(told(new UnreachableError('unreachable'))).toMatch(/网络/);
  });

  it('is nothing where nothing went wrong', () => {
    expect(told(null)).toBeNull();
  });
});
