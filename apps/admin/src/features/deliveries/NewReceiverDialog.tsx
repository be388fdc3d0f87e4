import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@abide/client';
import { answerOf, api } from '../../api/client.js';
import { useProblem } from '../../ui/use-problem.js';

type Terms = Schemas['AddWebhookSubscription'];

const events: readonly Terms['events'][number][] = ['request.opened', 'request.closed'];

/** Proposes to tell another system of requests; a second operator confirms. */
export function NewReceiverDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const showProblem = useProblem();
  const [form] = Form.useForm<Terms>();
  const add = useMutation({
    mutationFn: (terms: Terms) => answerOf(api.POST('/api/v1/operator/webhook-subscriptions', { body: terms })),
    onSuccess: () => {
      void message.success(t('deliveries.receivers.proposed'));
      void client.invalidateQueries();
      close();
    },
    onError: (error) => showProblem(error, form),
  });
  const required = { required: true, whitespace: true, message: t('deliveries.receivers.missing') };
  return (
    <Modal open title={t('deliveries.receivers.add')} footer={null} onCancel={close}>
      <p>{t('deliveries.receivers.purpose')}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ events: [...events] }}
        onFinish={(terms) => add.mutate(terms)}
      >
        <Form.Item name="name" label={t('deliveries.receivers.name')} rules={[required]}>
          <Input maxLength={100} autoFocus />
        </Form.Item>
        <Form.Item name="url" label={t('deliveries.receivers.url')} rules={[required]}>
          <Input maxLength={500} placeholder="https://" />
        </Form.Item>
        <Form.Item
          name="events"
          label={t('deliveries.receivers.events')}
          rules={[{ required: true, message: t('deliveries.receivers.missing') }]}
        >
          <Checkbox.Group options={events.map((value) => ({ value, label: t(`deliveries.kinds.${value}`) }))} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={add.isPending}>
          {t('deliveries.receivers.propose')}
        </Button>
      </Form>
    </Modal>
  );
}
