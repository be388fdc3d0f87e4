import { Button, Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { NewOutreach } from './campaigns.types.js';
import { GrowingText } from '../../ui/GrowingText.js';
import { Page } from '../../ui/Page.js';
import { Panel, TwoColumns } from '../../ui/Panel.js';
import { useOnceMore } from '../../ui/use-once-more.js';
import { useProblem } from '../../ui/use-problem.js';
import { useSendOutreach } from './outreach.queries.js';

const kinds: readonly NewOutreach['kind'][] = ['survey', 'marketing'];
const channels: readonly NewOutreach['channel'][] = ['email', 'sms'];
const languages = ['zh-CN', 'en'] as const;
/** An https address, or a path of this site. */
const linkShape = /^(https:\/\/|\/(?!\/))\S*$/;

/** Writes a survey invitation or an offer and sends it; who gets it is decided by what each subject allowed. */
export function NewOutreachPage() {
  const { t } = useTranslation();
  return (
    <Page
      title={t('outreach.begin')}
      purpose={t('outreach.onlyConsented')}
      trail={
        <>
          <Link to="/campaigns">{t('frame.entries.campaigns')}</Link> /{' '}
          <Link to="/outreaches">{t('outreach.name')}</Link>
        </>
      }
    >
      <TwoColumns
        left={
          <Panel>
            <OutreachForm />
          </Panel>
        }
        right={
          <Panel title={t('outreach.follows')}>
            <p>{t('outreach.followsAudience')}</p>
            <p>{t('outreach.followsUnsubscribe')}</p>
            <p>{t('outreach.followsWithdrawal')}</p>
          </Panel>
        }
      />
    </Page>
  );
}

function OutreachForm() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const showProblem = useProblem();
  const [form] = Form.useForm<NewOutreach>();
  const send = useSendOutreach();
  const asksOnceMore = useOnceMore();
  const begin = ({ link, ...given }: NewOutreach) => {
    const outreach = { ...given, ...(link ? { link } : {}) };
    const submit = (body: NewOutreach) =>
      send.mutate(body, {
        onSuccess: ({ id }) => void navigate(`/outreaches/${id}`),
        onError: (error) => {
          if (!asksOnceMore(error, () => submit({ ...outreach, again: true }))) showProblem(error, form);
        },
      });
    submit(outreach);
  };

  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ kind: 'survey', channel: 'email' }}
      onFinish={begin}
    >
      <Form.Item name="kind" label={t('outreach.kind')}>
        <Radio.Group options={kinds.map((value) => ({ value, label: t(`outreach.kinds.${value}`) }))} />
      </Form.Item>
      <Form.Item name="channel" label={t('campaigns.channel')}>
        <Radio.Group options={channels.map((value) => ({ value, label: t(`campaigns.channels.${value}`) }))} />
      </Form.Item>
      {languages.map((language) => (
        <TextsIn key={language} language={language} />
      ))}
      <Form.Item
        name="link"
        label={t('outreach.link')}
        extra={t('outreach.linkHint')}
        rules={[{ pattern: linkShape, message: t('outreach.linkShape') }]}
      >
        <Input maxLength={1000} autoComplete="off" placeholder="https://" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={send.isPending}>
        {t('outreach.send')}
      </Button>
    </Form>
  );
}

function TextsIn({ language }: { language: (typeof languages)[number] }) {
  const { t } = useTranslation();
  const required = { required: true, whitespace: true, message: t('outreach.missing') };
  const name = t(`outreach.languages.${language}`);
  return (
    <>
      <Form.Item name={['title', language]} label={t('outreach.titleIn', { language: name })} rules={[required]}>
        <Input maxLength={200} lang={language} />
      </Form.Item>
      <Form.Item name={['text', language]} label={t('outreach.textIn', { language: name })} rules={[required]}>
        <GrowingText minRows={3} maxRows={12} maxLength={2000} lang={language} />
      </Form.Item>
    </>
  );
}
