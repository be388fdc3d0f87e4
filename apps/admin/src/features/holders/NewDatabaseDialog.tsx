import { App, Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { DatabaseFields, linesOf, useDatabaseProblem } from './DatabaseFields.js';
import { useRegisterDatabase } from './holders.queries.js';

interface Given {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly code: string;
  readonly url: string;
  readonly networks: string;
  readonly manifest: string;
}

/** Proposes a database; a second operator confirms what is read and changed there. */
export function NewDatabaseDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Given>();
  const onError = useDatabaseProblem(form);
  const register = useRegisterDatabase();
  const send = ({ nameZh, nameEn, networks, ...given }: Given) =>
    register.mutate(
      { ...given, name: { 'zh-CN': nameZh, en: nameEn }, networks: linesOf(networks) },
      {
        onSuccess: (outcome) => {
          if ('change' in outcome) void message.info(t('holders.waiting'));
          close();
        },
        onError,
      },
    );
  const needed = [{ required: true, whitespace: true, message: t('settings.missing') }];
  return (
    <Modal open title={t('holders.addDatabase')} footer={null} width={720} onCancel={close}>
      <p>{t('holders.database.purpose')}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={send}>
        <Form.Item name="nameZh" label={t('holders.nameZh')} rules={needed}>
          <Input maxLength={80} autoComplete="off" />
        </Form.Item>
        <Form.Item name="nameEn" label={t('holders.nameEn')} rules={needed}>
          <Input maxLength={80} autoComplete="off" />
        </Form.Item>
        <Form.Item name="code" label={t('holders.code')} extra={t('holders.codeHint')} rules={needed}>
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <DatabaseFields form={form} isRequired />
        <Button type="primary" htmlType="submit" block loading={register.isPending}>
          {t('holders.addDatabase')}
        </Button>
      </Form>
    </Modal>
  );
}
