import { Button, Checkbox, Form, Input, InputNumber, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Scope, ServiceClientSecret } from '../../api/types.js';
import { atLeastOne } from '../../ui/rules.js';
import { useProblem } from '../../ui/use-problem.js';
import { longestExpiryDays, useAddClient, type NewClient } from './settings.queries.js';

const scopes: readonly Scope[] = ['decisions:read', 'telemetry:write', 'telemetry:read', 'location:write', 'location:read', 'disclosures:write', 'policies:write'];

export function NewClientDialog({ close, added }: { close: () => void; added: (secret: ServiceClientSecret) => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<NewClient>();
  const showProblem = useProblem();
  const add = useAddClient();
  return (
    <Modal open title={t('settings.clients.add')} footer={null} width={460} onCancel={close}>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ expiresInDays: longestExpiryDays }} onFinish={(given) => add.mutate(given, { onSuccess: added, onError: (error) => showProblem(error, form) })}>
        <Form.Item name="name" label={t('settings.name')} rules={[{ required: true, whitespace: true, message: t('settings.missing') }]}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item name="scopes" label={t('settings.clients.scopes')} rules={[atLeastOne(t('settings.clients.scopesMissing'))]}>
          <Checkbox.Group options={[...scopes]} />
        </Form.Item>
        <Form.Item name="expiresInDays" label={t('settings.clients.expiresInDays')} extra={t('settings.clients.expiresHint')} rules={[{ required: true, message: t('settings.missing') }]}>
          <InputNumber min={1} max={longestExpiryDays} precision={0} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={add.isPending}>
          {t('settings.clients.add')}
        </Button>
      </Form>
    </Modal>
  );
}
