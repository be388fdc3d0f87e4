import { App, Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useProblem } from '../../ui/use-problem.js';
import { useLiftHold } from './holds.queries.js';

/** Asks for a hold to be lifted; a second operator decides. */
export function LiftHoldDialog({ id, close }: { id: string; close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason: string }>();
  const showProblem = useProblem();
  const lift = useLiftHold(id);
  const send = ({ reason }: { reason: string }) =>
    lift.mutate(reason, {
      onSuccess: (outcome) => {
        const waits = 'change' in outcome;
        void message.success(t(waits ? 'holds.asked' : 'holds.lifted'));
        close();
      },
      onError: (error) => showProblem(error, form),
    });
  return (
    <Modal open title={t('holds.lift')} footer={null} onCancel={close}>
      <p>{t('holds.followsLifting')}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={send}>
        <Form.Item
          name="reason"
          label={t('holds.liftingReason')}
          rules={[{ required: true, whitespace: true, message: t('holds.missing') }]}
        >
          <Input.TextArea rows={4} maxLength={2000} autoFocus />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={lift.isPending}>
          {t('holds.askLifting')}
        </Button>
      </Form>
    </Modal>
  );
}
