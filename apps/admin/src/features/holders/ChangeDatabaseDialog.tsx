import { App, Button, Form, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { DatabaseFields, linesOf, useDatabaseProblem } from './DatabaseFields.js';
import { useChangeDatabase } from './holders.queries.js';

interface Given {
  readonly url?: string;
  readonly networks?: string;
  readonly manifest?: string;
}

/** Proposes another manifest or connection; what is left empty stays. */
export function ChangeDatabaseDialog({ id, manifest, close }: { id: string; manifest: string; close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Given>();
  const onError = useDatabaseProblem(form);
  const change = useChangeDatabase(id);
  const send = (given: Given) => {
    const networks = linesOf(given.networks);
    const body = {
      ...(given.url ? { url: given.url } : {}),
      ...(networks.length > 0 ? { networks } : {}),
      ...(given.manifest && given.manifest !== manifest ? { manifest: given.manifest } : {}),
    };
    if (Object.keys(body).length === 0) return void message.warning(t('holders.database.nothing'));
    change.mutate(body, {
      onSuccess: (outcome) => {
        if ('change' in outcome) void message.info(t('holders.waiting'));
        close();
      },
      onError,
    });
  };
  return (
    <Modal open title={t('holders.database.change')} footer={null} width={720} onCancel={close}>
      <p>{t('holders.database.changeHint')}</p>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ manifest }} onFinish={send}>
        <DatabaseFields form={form} isRequired={false} />
        <Button type="primary" htmlType="submit" block loading={change.isPending}>
          {t('holders.database.change')}
        </Button>
      </Form>
    </Modal>
  );
}
