import { App, Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useProblem } from '../../ui/use-problem.js';
import { RolesField } from './RolesField.js';
import { isWaiting, useAddOperator, type NewOperator } from './settings.queries.js';

export function NewOperatorDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<NewOperator>();
  const showProblem = useProblem();
  const { message } = App.useApp();
  const add = useAddOperator();
  const send = (given: NewOperator) =>
    add.mutate(given, {
      onSuccess: (outcome) => {
        void message.info(t(isWaiting(outcome) ? 'settings.operators.waiting' : 'settings.operators.linkSent'));
        close();
      },
      onError: (error) => showProblem(error, form),
    });
  const required = { required: true, whitespace: true, message: t('settings.missing') };
  return (
    <Modal open title={t('settings.operators.add')} footer={null} width={460} onCancel={close}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={send}>
        <Form.Item name="name" label={t('settings.name')} rules={[required]}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="email"
          label={t('session.email')}
          extra={t('settings.operators.invitationHint')}
          rules={[required]}
        >
          <Input type="email" autoComplete="off" />
        </Form.Item>
        <RolesField />
        <Button type="primary" htmlType="submit" block loading={add.isPending}>
          {t('settings.operators.add')}
        </Button>
      </Form>
    </Modal>
  );
}
