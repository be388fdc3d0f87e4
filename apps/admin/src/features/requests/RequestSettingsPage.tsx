import { Alert, App, Button, Form, InputNumber, Switch } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '@abide/client';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client.js';
import { usePermission } from '../../session/permissions.js';
import { Facts } from '../../ui/Facts.js';
import { Loaded } from '../../ui/Loaded.js';
import { Page } from '../../ui/Page.js';
import { Panel } from '../../ui/Panel.js';
import { useProblem } from '../../ui/use-problem.js';
import { WaitingNote } from '../../ui/WaitingNote.js';

type Settings = Schemas['RequestSettingsResponse'];
type Outcome = Settings | Schemas['PendingChangeAnswer'];

const settingsKey = ['requests', 'settings'] as const;
const mostWaitingDays = 30;

/** How requests are answered in this installation: read by whoever reads requests, changed by administrators. */
export function RequestSettingsPage() {
  const { t } = useTranslation();
  const mayChange = usePermission('request.configure');
  const settings = useQuery({
    queryKey: settingsKey,
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operator/request-settings', { signal })),
  });
  return (
    <Page title={t('frame.entries.requestSettings')} purpose={t('requests.settings.purpose')}>
      <WaitingNote type="requestSettings" />
      <Panel>
        <Loaded query={settings}>
          {(data) => (mayChange ? <SettingsForm settings={data} /> : <SettingsFacts settings={data} />)}
        </Loaded>
      </Panel>
    </Page>
  );
}

/** The settings in words, and who may change them. */
function SettingsFacts({ settings: { preparesItself, correctsItself, waitingDays } }: { settings: Settings }) {
  const { t } = useTranslation();
  return (
    <>
      <Alert type="info" showIcon title={t('requests.settings.whoChanges')} style={{ marginBottom: 12 }} />
      <Facts
        rows={[
          [t('requests.settings.preparesItself'), t(preparesItself ? 'settings.yes' : 'settings.no')],
          [t('requests.settings.correctsItself'), t(correctsItself ? 'settings.yes' : 'settings.no')],
          [t('requests.settings.waitingDays'), t('requests.settings.days', { count: waitingDays })],
        ]}
      />
    </>
  );
}

function SettingsForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Settings>();
  const showProblem = useProblem();
  const { message } = App.useApp();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (body: Settings) => answerOf<Outcome>(api.PATCH('/api/v1/operator/request-settings', { body })),
    onSuccess: (outcome) => {
      if ('change' in outcome) form.setFieldsValue(settings);
      void message.info(t(`requests.settings.${'change' in outcome ? 'waiting' : 'saved'}`));
      return client.invalidateQueries();
    },
    onError: (error) => showProblem(error, form),
  });
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={settings}
      style={{ maxWidth: 560 }}
      onFinish={(values) => change.mutate(values)}
    >
      <Form.Item
        name="preparesItself"
        label={t('requests.settings.preparesItself')}
        extra={t('requests.settings.preparesItselfHint')}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
      <Form.Item
        name="correctsItself"
        label={t('requests.settings.correctsItself')}
        extra={t('requests.settings.correctsItselfHint')}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
      <Form.Item
        name="waitingDays"
        label={t('requests.settings.waitingDays')}
        extra={t('requests.settings.waitingDaysHint')}
        rules={[{ required: true, message: t('requests.settings.waitingDaysMissing') }]}
      >
        <InputNumber min={0} max={mostWaitingDays} precision={0} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {t('settings.save')}
      </Button>
    </Form>
  );
}
