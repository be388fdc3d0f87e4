import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../frame/LanguageSwitch.js';
import { AppearanceMenu } from '../frame/AppearanceMenu.js';
import { useDocumentTitle } from '../ui/document-title.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { SecondFactorField } from './SecondFactorField.js';
import { useSignIn, type Credentials } from './session.queries.js';
import css from './SignInPage.module.css';

export function SignInPage() {
  const { t } = useTranslation();
  const signIn = useSignIn();
  useDocumentTitle(t('session.signIn.title'));
  return (
    <main className={css['page']}>
      <div className={css['card']}>
        <p className={css['brand']}>{t('frame.brand')}</p>
        <h1 className={css['title']}>{t('session.signIn.title')}</h1>
        <p className="secondary">{t('session.signIn.purpose')}</p>
        {signIn.isError && <ProblemAlert error={signIn.error} />}
        <Form<Credentials>
          layout="vertical"
          requiredMark={false}
          onFinish={(credentials) => signIn.mutate(credentials)}
        >
          <Form.Item
            name="email"
            label={t('session.email')}
            rules={[{ required: true, message: t('session.emailMissing') }]}
          >
            <Input type="email" autoComplete="username" autoFocus />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('session.password')}
            rules={[{ required: true, message: t('session.passwordMissing') }]}
          >
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <SecondFactorField asked={isAboutCode(signIn.error)} />
          <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
            {t('session.signIn.act')}
          </Button>
        </Form>
      </div>
      <div className={css['foot']}>
        <LanguageSwitch />
        <AppearanceMenu />
      </div>
    </main>
  );
}

function isAboutCode(error: Error | null): boolean {
  return error !== null && /code|factor/.test(error.message);
}
