import { App, Button, Form, Input, Modal, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { useProblem } from '../../ui/use-problem.js';
import { changeNameOf, OperatorChangeFacts, ProposedBy, useChangeTitle } from './OperatorChangeFacts.js';
import { useDecideChange, type OperatorChange } from './settings.queries.js';

/** What is asked, what follows from each choice, and the reason for the evidence. */
export function DecideChangeDialog({ change, close }: { change: OperatorChange; close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason?: string }>();
  const showProblem = useProblem();
  const decision = useDecideChange(change.id);
  const title = useChangeTitle(change);

  const decide = (verdict: 'confirmation' | 'rejection') => {
    const reason = (form.getFieldValue('reason') as string | undefined)?.trim() ?? '';
    if (verdict === 'rejection' && reason === '')
      return form.setFields([{ name: 'reason', errors: [t('settings.operators.changes.reasonMissing')] }]);
    decision.mutate(
      { verdict, reason },
      {
        onSuccess: () => {
          void message.success(
            t(`settings.operators.changes.${verdict === 'confirmation' ? 'confirmed' : 'rejected'}`),
          );
          close();
        },
        onError: (error) => showProblem(error, form),
      },
    );
  };

  return (
    <Modal open title={title} footer={null} width={520} onCancel={close}>
      <ProposedBy change={change} />
      <OperatorChangeFacts change={change} />
      <p>{t(`settings.operators.changes.follows.${changeNameOf(change)}`)}</p>
      <Form form={form} layout="vertical" requiredMark={false}>
        <Form.Item
          name="reason"
          label={t('settings.operators.changes.reason')}
          extra={t('settings.operators.changes.reasonHint')}
        >
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
        <Space>
          <Button
            type="primary"
            loading={decision.isPending && decision.variables.verdict === 'confirmation'}
            disabled={decision.isPending}
            onClick={() => decide('confirmation')}
          >
            {t('settings.operators.changes.confirm')}
          </Button>
          <Button
            danger
            loading={decision.isPending && decision.variables.verdict === 'rejection'}
            disabled={decision.isPending}
            onClick={() => decide('rejection')}
          >
            {t('settings.operators.changes.reject')}
          </Button>
        </Space>
      </Form>
    </Modal>
  );
}
