import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../../ui/Panel.js';
import css from './telemetry.module.css';

/** Asks why before anything is shown; the reason is recorded with every page that is looked at. */
export function ReasonForm({ given }: { given: (reason: string) => void }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('subjectTelemetry.reasonTitle')} note={t('subjectTelemetry.reasonNote')}>
      <Form
        className={css['reason'] ?? ''}
        layout="vertical"
        requiredMark={false}
        onFinish={({ reason }: { reason: string }) => given(reason.trim())}
      >
        <Form.Item
          name="reason"
          label={t('subjects.reason')}
          extra={t('subjects.reasonHint')}
          rules={[{ required: true, whitespace: true, min: 5, message: t('subjects.reasonMissing') }]}
        >
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {t('subjectTelemetry.look')}
        </Button>
      </Form>
    </Panel>
  );
}
