import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

/** Why an operator looks at or changes something of a subject: the member `reason` of the form around it, kept with the evidence. */
export function ReasonField() {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="reason"
      label={t('subjects.reason')}
      extra={t('subjects.reasonHint')}
      rules={[{ required: true, whitespace: true, min: 5, message: t('subjects.reasonMissing') }]}
    >
      <Input.TextArea rows={2} maxLength={500} />
    </Form.Item>
  );
}
