import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

/** The reason of a refusal in a form, which the person reads: never left out. */
export function RefusalReason() {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="reason"
      label={t('requests.refusalReason')}
      extra={t('requests.refusalHint')}
      rules={[{ required: true, whitespace: true, message: t('requests.writeSomething') }]}
    >
      <Input.TextArea rows={3} maxLength={2000} />
    </Form.Item>
  );
}
