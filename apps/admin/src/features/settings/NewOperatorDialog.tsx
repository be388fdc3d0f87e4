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
        if (isWaiting(outcome)) void message.info(t('settings.operators.waiting'));
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
        <Form.Item name="email" label={t('session.email')} rules={[required]}>
          <Input type="email" autoComplete="off" />
        </Form.Item>
        <Form.Item name="password" label={t('settings.operators.firstPassword')} extra={t('settings.operators.passwordHint')} rules={[required]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <RolesField />
        <Button type="primary" htmlType="submit" block loading={add.isPending}>
          {t('settings.operators.add')}
        </Button>
      </Form>
    </Modal>
  );
}
