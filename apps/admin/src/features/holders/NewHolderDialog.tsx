import { App, Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { GrowingText } from '../../ui/GrowingText.js';
import { ManySelect } from '../../ui/ManySelect.js';
import { useRegistryNames } from '../../ui/registry-names.js';
import { atLeastOne } from '../../ui/rules.js';
import { useProblem } from '../../ui/use-problem.js';
import { useRegisterHolder } from './holders.queries.js';

interface Given {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly code: string;
  readonly baseUrl: string;
  readonly networks?: string;
  readonly categories: string[];
}

/** Proposes a holder; a second operator confirms where personal data may go. */
export function NewHolderDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Given>();
  const showProblem = useProblem();
  const { optionsOf } = useRegistryNames();
  const register = useRegisterHolder();
  const send = ({ nameZh, nameEn, networks = '', ...given }: Given) =>
    register.mutate(
      { ...given, name: { 'zh-CN': nameZh, en: nameEn }, networks: networks.split(/\s+/).filter(Boolean) },
      {
        onSuccess: (outcome) => {
          if ('change' in outcome) void message.info(t('holders.waiting'));
          close();
        },
        onError: (error) => showProblem(error, form),
      },
    );
  const needed = [{ required: true, whitespace: true, message: t('settings.missing') }];
  return (
    <Modal open title={t('holders.add')} footer={null} width={520} onCancel={close}>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ categories: [] }} onFinish={send}>
        <Form.Item name="nameZh" label={t('holders.nameZh')} rules={needed}>
          <Input maxLength={80} autoComplete="off" />
        </Form.Item>
        <Form.Item name="nameEn" label={t('holders.nameEn')} rules={needed}>
          <Input maxLength={80} autoComplete="off" />
        </Form.Item>
        <Form.Item name="code" label={t('holders.code')} extra={t('holders.codeHint')} rules={needed}>
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item name="baseUrl" label={t('holders.address')} extra={t('holders.addressHint')} rules={needed}>
          <Input maxLength={300} autoComplete="off" />
        </Form.Item>
        <Form.Item name="networks" label={t('holders.networks')} extra={t('holders.networksHint')}>
          <GrowingText minRows={1} maxRows={5} />
        </Form.Item>
        <Form.Item name="categories" label={t('holders.categories')} rules={[atLeastOne(t('settings.missing'))]}>
          <ManySelect optionFilterProp="label" options={[...(optionsOf('categories') ?? [])]} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={register.isPending}>
          {t('holders.add')}
        </Button>
      </Form>
    </Modal>
  );
}
