import { Button, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { ReasonField } from '../../../ui/ReasonField.js';
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
        <ReasonField />
        <Button type="primary" htmlType="submit">
          {t('subjectTelemetry.look')}
        </Button>
      </Form>
    </Panel>
  );
}
