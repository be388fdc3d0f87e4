import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client.js';
import { AppearanceMenu } from '../frame/AppearanceMenu.js';
import { LanguageSwitch } from '../frame/LanguageSwitch.js';
import { useDocumentTitle } from '../ui/document-title.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import css from './SignInPage.module.css';

/** Where a one-time link leads: its owner chooses a password. The token stands behind #, which no server is sent. */
export function ChoosePasswordPage() {
  const { t } = useTranslation();
  const token = window.location.hash.slice(1);
  const holder = useQuery({
    queryKey: ['session', 'link'],
    queryFn: ({ signal }) => answerOf(api.POST('/api/v1/operator/password-links/holder', { body: { token }, signal })),
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  useDocumentTitle(t('session.choose.title'));
  return (
    <main className={css['page']}>
      <div className={css['card']}>
        <p className={css['brand']}>{t('frame.brand')}</p>
        <h1 className={css['title']}>{t('session.choose.title')}</h1>
        {holder.isError && (
          <>
            <ProblemAlert error={holder.error} />
            <ToSignIn />
          </>
        )}
        {holder.data && <PasswordForm token={token} holder={holder.data} />}
      </div>
      <div className={css['foot']}>
        <LanguageSwitch />
        <AppearanceMenu />
      </div>
    </main>
  );
}

function PasswordForm({
  token,
  holder,
}: {
  token: string;
  holder: { name: string; email: string; invitation: boolean };
}) {
  const { t } = useTranslation();
  const choose = useMutation({
    gcTime: 0,
    mutationFn: ({ password }: { password: string }) =>
      answerOf(api.POST('/api/v1/operator/password-links/use', { body: { token, password } })),
    onSuccess: () => window.history.replaceState(null, '', '/console/password'),
  });
  if (choose.isSuccess) {
    return (
      <>
        <Alert type="success" showIcon title={t('session.choose.done')} />
        <ToSignIn />
      </>
    );
  }
  return (
    <>
      <p className="secondary">
        {t(holder.invitation ? 'session.choose.invitation' : 'session.choose.reset', { name: holder.name })}
      </p>
      {choose.isError && <ProblemAlert error={choose.error} />}
      <Form layout="vertical" requiredMark={false} onFinish={(given: { password: string }) => choose.mutate(given)}>
        <Form.Item label={t('session.email')}>
          <Input
            value={holder.email}
            readOnly
            autoComplete="username"
            variant="filled"
            aria-label={t('session.email')}
          />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('account.newPassword')}
          extra={t('session.choose.hint')}
          rules={[{ required: true, message: t('session.passwordMissing') }]}
        >
          <Input.Password autoComplete="new-password" autoFocus />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={choose.isPending}>
          {t('session.choose.act')}
        </Button>
      </Form>
    </>
  );
}

function ToSignIn() {
  const { t } = useTranslation();
  return (
    <Button type="primary" block href="/console/" style={{ marginTop: 16 }}>
      {t('session.choose.toSignIn')}
    </Button>
  );
}
