import { App, Button, Form, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ServiceClient } from './settings.types.js';
import { useProblem } from '../../ui/use-problem.js';
import { ClientReachFields } from './ClientReachFields.js';
import { useBoundClient, type ClientBounds } from './settings.queries.js';

/** What a client is for: drawn closer at once, wider with a second operator. */
export function BoundClientDialog({ client, close }: { client: ServiceClient; close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<ClientBounds>();
  const showProblem = useProblem();
  const bound = useBoundClient(client.id);
  const send = (given: ClientBounds) =>
    bound.mutate(given, {
      onSuccess: (outcome) => {
        void (outcome ? message.info(t('settings.clients.waiting')) : message.success(t('settings.clients.bounded')));
        close();
      },
      onError: (error) => showProblem(error, form),
    });
  const initial = { scopes: client.scopes, purposes: client.purposes ?? [], services: client.services ?? [] };
  return (
    <Modal
      open
      title={t('settings.clients.boundTitle', { name: client.name })}
      footer={null}
      width={520}
      onCancel={close}
    >
      <p>{t('settings.clients.boundNote')}</p>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={initial} onFinish={send}>
        <ClientReachFields />
        <Button type="primary" htmlType="submit" block loading={bound.isPending}>
          {t('settings.save')}
        </Button>
      </Form>
    </Modal>
  );
}
