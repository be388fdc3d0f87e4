import { App, Button, Form, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useProblem } from '../../../ui/use-problem.js';
import { ReasonField } from '../../../ui/ReasonField.js';
import { useEndMandate, type Mandate } from './mandates.queries.js';

/** Lets somebody act for an enterprise no more; says first who that is. */
export function EndMandateDialog({ mandate, close }: { mandate: Mandate; close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason: string }>();
  const showProblem = useProblem();
  const end = useEndMandate(mandate);
  const send = ({ reason }: { reason: string }) =>
    end.mutate(reason, {
      onSuccess: () => {
        void message.success(t('mandates.hasEnded'));
        close();
      },
      onError: (error) => showProblem(error, form),
    });
  return (
    <Modal open title={t('mandates.end')} footer={null} onCancel={close}>
      <p>{t(`mandates.follows.${mandate.role}`)}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={send}>
        <ReasonField />
        <Button type="primary" danger htmlType="submit" block loading={end.isPending}>
          {t('mandates.end')}
        </Button>
      </Form>
    </Modal>
  );
}
