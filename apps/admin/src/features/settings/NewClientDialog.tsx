import { App, Button, Form, Input, InputNumber, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ServiceClientSecret } from './settings.types.js';
import { useProblem } from '../../ui/use-problem.js';
import { ClientReachFields } from './ClientReachFields.js';
import { longestExpiryDays, useAddClient, type NewClient } from './settings.queries.js';

export function NewClientDialog({ close, added }: { close: () => void; added: (secret: ServiceClientSecret) => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<NewClient>();
  const showProblem = useProblem();
  const add = useAddClient();
  const send = (given: NewClient) =>
    add.mutate(given, {
      onSuccess: (outcome) => {
        if ('secret' in outcome) return added(outcome);
        void message.info(t('settings.clients.waiting'));
        close();
      },
      onError: (error) => showProblem(error, form),
    });
  return (
    <Modal open title={t('settings.clients.add')} footer={null} width={520} onCancel={close}>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ expiresInDays: longestExpiryDays, purposes: [], services: [] }}
        onFinish={send}
      >
        <Form.Item
          name="name"
          label={t('settings.name')}
          rules={[{ required: true, whitespace: true, message: t('settings.missing') }]}
        >
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <ClientReachFields />
        <Form.Item
          name="expiresInDays"
          label={t('settings.clients.expiresInDays')}
          extra={t('settings.clients.expiresHint')}
          rules={[{ required: true, message: t('settings.missing') }]}
        >
          <InputNumber min={1} max={longestExpiryDays} precision={0} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={add.isPending}>
          {t('settings.clients.add')}
        </Button>
      </Form>
    </Modal>
  );
}
