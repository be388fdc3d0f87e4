import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client.js';
import { FactorEnrolment } from '../../session/FactorEnrolment.js';
import { leave } from '../../session/session-tabs.js';
import { showSignedOut } from '../../session/session.queries.js';
import { Loaded } from '../../ui/Loaded.js';
import { Page } from '../../ui/Page.js';
import { Panel, TwoColumns } from '../../ui/Panel.js';
import { useProblem } from '../../ui/use-problem.js';
import { DigestPanel } from './DigestPanel.js';

/** The operator's own password and second factor; changing either ends every session. */
export function SecurityPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('account.security')} purpose={t('account.securityPurpose')}>
      <TwoColumns
        left={<PasswordPanel />}
        right={
          <>
            <FactorPanel />
            <DigestPanel />
          </>
        }
      />
    </Page>
  );
}

/** Every session has ended: what is next is signing in. */
function useSignedOut(): () => void {
  const client = useQueryClient();
  return () => {
    leave();
    showSignedOut(client);
  };
}

interface PasswordChange {
  readonly currentPassword: string;
  readonly password: string;
  readonly code?: string;
}

function PasswordPanel() {
  const { t } = useTranslation();
  const [form] = Form.useForm<PasswordChange>();
  const showProblem = useProblem();
  const signedOut = useSignedOut();
  const change = useMutation({
    gcTime: 0,
    mutationFn: ({ code, ...body }: PasswordChange) =>
      answerOf(api.PUT('/api/v1/operator/password', { body: { ...body, ...(code ? { code } : {}) } })),
  });
  const required = { required: true, message: t('session.passwordMissing') };
  return (
    <Panel title={t('account.changePassword')}>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(given) =>
          change.mutate(given, { onSuccess: signedOut, onError: (error) => showProblem(error, form) })
        }
      >
        <Form.Item name="currentPassword" label={t('account.currentPassword')} rules={[required]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('account.newPassword')}
          extra={t('account.newPasswordHint')}
          rules={[required]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item name="code" label={t('session.code')} extra={t('account.codeIfAny')}>
          <Input autoComplete="one-time-code" style={{ width: 180 }} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t('account.changePassword')}
        </Button>
      </Form>
    </Panel>
  );
}

function FactorPanel() {
  const { t } = useTranslation();
  const showProblem = useProblem();
  const signedOut = useSignedOut();
  const factors = useQuery({
    queryKey: ['account', 'factors'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operator/sessions/factors', { signal })),
  });
  const remove = useMutation({ mutationFn: () => answerOf(api.DELETE('/api/v1/operator/sessions/factors/totp')) });
  return (
    <Panel title={t('account.factor')} note={t('account.factorNote')}>
      <Loaded query={factors}>
        {({ totp, required, recoveryCodesLeft }) =>
          totp ? (
            <>
              <p>{t('account.factorOn', { count: recoveryCodesLeft })}</p>
              {!required && (
                <Popconfirm
                  title={t('account.removeFactorSure')}
                  onConfirm={() =>
                    remove.mutate(undefined, { onSuccess: signedOut, onError: (error) => showProblem(error) })
                  }
                >
                  <Button danger style={{ justifySelf: 'start' }} loading={remove.isPending}>
                    {t('account.removeFactor')}
                  </Button>
                </Popconfirm>
              )}
            </>
          ) : (
            <div>
              <FactorEnrolment done={signedOut} />
            </div>
          )
        }
      </Loaded>
    </Panel>
  );
}
