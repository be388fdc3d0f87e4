import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** The code of a second factor: offered quietly, opened by itself once the server asks for it. */
export function SecondFactorField({ asked }: { asked: boolean }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  if (!asked && !opened) {
    return (
      <Form.Item>
        <Button type="link" size="small" style={{ paddingInline: 0 }} onClick={() => setOpened(true)}>
          {t('session.useCode')}
        </Button>
      </Form.Item>
    );
  }
  return (
    <Form.Item name="code" label={t('session.code')} extra={t('session.codeHint')}>
      <Input autoComplete="one-time-code" inputMode="numeric" autoFocus />
    </Form.Item>
  );
}
