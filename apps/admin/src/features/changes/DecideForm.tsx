import { App, Button, Form, Input, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PendingChange } from '../../api/types.js';
import { Panel } from '../../ui/Panel.js';
import { useProblem } from '../../ui/use-problem.js';
import { useDecideChange } from './changes.queries.js';

/** What follows from each choice, and the reason for the evidence. */
export function DecideForm({ change }: { change: PendingChange }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason?: string }>();
  const showProblem = useProblem();
  const decision = useDecideChange(change.id);

  const decide = (outcome: 'confirmation' | 'rejection') => {
    const reason = (form.getFieldValue('reason') as string | undefined)?.trim() ?? '';
    if (outcome === 'rejection' && reason === '')
      return form.setFields([{ name: 'reason', errors: [t('changes.reasonMissing')] }]);
    // Not `onSuccess`: this form may be gone by then, as the change that is read anew waits no more.
    decision.mutateAsync({ outcome, reason }).then(
      () => void message.success(t(outcome === 'confirmation' ? 'changes.confirmed' : 'changes.rejected')),
      (error: unknown) => showProblem(error, form),
    );
  };

  return (
    <Panel>
      <p>{t(`changes.follows.${change.kind}`, { defaultValue: t('changes.follows.others') })}</p>
      <Form form={form} layout="vertical" requiredMark={false}>
        <Form.Item name="reason" label={t('changes.reason')} extra={t('changes.reasonHint')}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
        <Space>
          <Button
            type="primary"
            loading={decision.isPending && decision.variables.outcome === 'confirmation'}
            disabled={decision.isPending}
            onClick={() => decide('confirmation')}
          >
            {t('changes.confirm')}
          </Button>
          <Button
            danger
            loading={decision.isPending && decision.variables.outcome === 'rejection'}
            disabled={decision.isPending}
            onClick={() => decide('rejection')}
          >
            {t('changes.reject')}
          </Button>
        </Space>
      </Form>
    </Panel>
  );
}
