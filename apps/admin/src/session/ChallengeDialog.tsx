import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal, type InputRef } from 'antd';
import { useId, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/problem.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import {
  answerChallenge,
  currentChallenge,
  declineChallenge,
  subscribeToChallenge,
  type ChallengeKind,
} from './challenge.js';
import { SecondFactorField } from './SecondFactorField.js';
import { leave as endWork } from './session-tabs.js';
import { sessionQuery, showSignedOut, useSignIn, useStepUp } from './session.queries.js';

/** Asks for the password over the page: after a session went stale, or before an act that needs it again. */
export function ChallengeDialog() {
  const kind = useSyncExternalStore(subscribeToChallenge, currentChallenge);
  return kind ? <PasswordDialog key={kind} kind={kind} /> : null;
}

function PasswordDialog({ kind }: { kind: ChallengeKind }) {
  const { t } = useTranslation();
  const id = useId();
  const password = useRef<InputRef>(null);
  const client = useQueryClient();
  const email = useQuery(sessionQuery).data?.operator.email ?? '';
  const signIn = useSignIn();
  const stepUp = useStepUp();
  const attempt = kind === 'signIn' ? signIn : stepUp;

  const submit = (values: { password: string; code?: string }) => {
    attempt.mutate({ email, ...values }, { onSuccess: answerChallenge });
  };
  const leave = () => {
    declineChallenge();
    if (kind !== 'signIn') return;
    endWork();
    showSignedOut(client);
  };

  return (
    <Modal
      open
      title={t(`session.${kind}Again.title`)}
      footer={null}
      closable={kind === 'stepUp'}
      mask={{ closable: false }}
      keyboard={kind === 'stepUp'}
      width={400}
      afterOpenChange={(isOpen) => isOpen && password.current?.focus()}
      onCancel={leave}
    >
      <p>{t(`session.${kind}Again.why`)}</p>
      {attempt.isError && <Refused error={attempt.error} />}
      <Form layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item label={t('session.email')} htmlFor={id}>
          <Input id={id} value={email} readOnly autoComplete="username" variant="filled" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('session.password')}
          rules={[{ required: true, message: t('session.passwordMissing') }]}
        >
          <Input.Password ref={password} autoComplete="current-password" />
        </Form.Item>
        <SecondFactorField asked={/code|factor/.test(attempt.error?.message ?? '')} />
        <Button type="primary" htmlType="submit" block loading={attempt.isPending}>
          {t(`session.${kind}Again.act`)}
        </Button>
        <Button type="text" block style={{ marginTop: 8 }} onClick={leave}>
          {t(`session.${kind}Again.leave`)}
        </Button>
      </Form>
    </Modal>
  );
}

/** The address is not in doubt here: only the password can be wrong. */
function Refused({ error }: { error: Error }) {
  const { t } = useTranslation();
  if (error instanceof ProblemError && error.code === 'session.invalid_credentials')
    return <Alert type="error" showIcon title={t('session.wrongPassword')} style={{ marginBlock: 8 }} />;
  return <ProblemAlert error={error} />;
}
