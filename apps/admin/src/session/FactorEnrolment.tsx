import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input, QRCode } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client.js';
import { useProblem } from '../ui/use-problem.js';
import css from './FactorEnrolment.module.css';

/** Sets up an authenticator: its secret, a code to prove it works, then the recovery codes, shown this once. */
export function FactorEnrolment({ done }: { done: () => void }) {
  const { t } = useTranslation();
  const showProblem = useProblem();
  const [form] = Form.useForm<{ code: string }>();
  const propose = useMutation({
    gcTime: 0,
    mutationFn: () => answerOf(api.POST('/api/v1/operator/sessions/factors/totp')),
  });
  const confirm = useMutation({
    gcTime: 0,
    mutationFn: (body: { code: string }) =>
      answerOf(api.POST('/api/v1/operator/sessions/factors/totp/confirmation', { body })),
  });

  if (confirm.data) return <RecoveryCodes codes={confirm.data.recoveryCodes} done={done} />;
  if (!propose.data) {
    return (
      <Button
        type="primary"
        loading={propose.isPending}
        onClick={() => propose.mutate(undefined, { onError: (error) => showProblem(error) })}
      >
        {t('session.factor.begin')}
      </Button>
    );
  }
  return (
    <>
      <p>{t('session.factor.scan')}</p>
      <div className={css['secret']}>
        {/* The secret beside it says the same in words. */}
        <div aria-hidden>
          <QRCode value={propose.data.otpauthUrl} size={148} bordered={false} color="#000" bgColor="#fff" />
        </div>
        <span>
          {t('session.factor.orType')}{' '}
          <span className="code" translate="no">
            {propose.data.secret}
          </span>
        </span>
      </div>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(body) => confirm.mutate(body, { onError: (error) => showProblem(error, form) })}
      >
        <Form.Item
          name="code"
          label={t('session.factor.firstCode')}
          rules={[{ required: true, pattern: /^\d{6}$/, message: t('session.factor.sixDigits') }]}
        >
          <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} style={{ width: 140 }} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={confirm.isPending}>
          {t('session.factor.confirm')}
        </Button>
      </Form>
    </>
  );
}

function RecoveryCodes({ codes, done }: { codes: readonly string[]; done: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Alert type="warning" showIcon title={t('session.factor.recoveryOnce')} />
      <ol className={css['codes']} translate="no">
        {codes.map((code) => (
          <li key={code} className="code">
            {code}
          </li>
        ))}
      </ol>
      <Button type="primary" onClick={done}>
        {t('session.factor.kept')}
      </Button>
    </>
  );
}
