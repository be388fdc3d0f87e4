import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { NewReminder } from '../consent.types.js';
import { ErrorState } from '../../../ui/ErrorState.js';
import { GrowingText } from '../../../ui/GrowingText.js';
import { Page } from '../../../ui/Page.js';
import { Panel, TwoColumns } from '../../../ui/Panel.js';
import { useOnceMore } from '../../../ui/use-once-more.js';
import { useProblem } from '../../../ui/use-problem.js';
import { reminderPreviewQuery, usePurposeChoices, useSendReminder } from '../consents.queries.js';
import { proposedWords, wordsFor } from './proposed-words.js';

type Lapsed = NewReminder['state'];

const lapsed: readonly Lapsed[] = ['stale', 'expired'];
const languages = ['zh-CN', 'en'] as const;

/** Writes a reminder, says whom it reaches, and sends it. Purpose and state live in the address. */
export function NewReminderPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const purpose = search.get('purpose') ?? '';
  const state = lapsed.find((one) => one === search.get('state')) ?? 'stale';
  return (
    <Page
      title={t('consents.reminders.begin')}
      purpose={t('consents.reminders.about')}
      trail={
        <>
          <Link to="/consent">{t('frame.entries.consent')}</Link> /{' '}
          <Link to="/consent/reminders">{t('consents.reminders.title')}</Link>
        </>
      }
    >
      <TwoColumns
        left={
          <Panel>
            <ReminderForm purpose={purpose} state={state} />
          </Panel>
        }
        right={
          <Panel title={t('consents.reminders.follows')}>
            <Matched purpose={purpose} state={state} />
            <p>{t('consents.reminders.followsOnce')}</p>
            <p>{t('consents.reminders.followsPrompts')}</p>
            <p>{t('consents.reminders.followsNothing')}</p>
          </Panel>
        }
      />
    </Page>
  );
}

/** The exact count of who would be told, by the same rules that send it. */
function Matched({ purpose, state }: { purpose: string; state: Lapsed }) {
  const { t } = useTranslation();
  const preview = useQuery(reminderPreviewQuery({ purpose, state }));
  if (purpose === '') return <p className="secondary">{t('consents.reminders.choosePurpose')}</p>;
  if (preview.isError) return <ErrorState error={preview.error} retry={() => void preview.refetch()} />;
  return (
    <p role="status">
      <strong>
        {preview.data
          ? t('consents.reminders.matchedNow', { count: preview.data.matched })
          : t('consents.reminders.counting')}
      </strong>
    </p>
  );
}

function ReminderForm({ purpose, state }: { purpose: string; state: Lapsed }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const showProblem = useProblem();
  const [form] = Form.useForm<NewReminder>();
  const send = useSendReminder();
  const purposes = usePurposeChoices();
  const preview = useQuery(reminderPreviewQuery({ purpose, state }));
  const chooseState = (next: Lapsed) => {
    const words = form.getFieldsValue(['title', 'summary']) as Pick<NewReminder, 'title' | 'summary'>;
    form.setFieldsValue(wordsFor(next, { words, of: state }));
    choose({ state: next });
  };
  const choose = (changes: Partial<Pick<NewReminder, 'purpose' | 'state'>>) =>
    setSearch({ ...Object.fromEntries(search), ...changes }, { replace: true });
  const asksOnceMore = useOnceMore();
  const begin = ({ title, summary }: Pick<NewReminder, 'title' | 'summary'>) => {
    const reminder = { title, summary, purpose, state };
    const submit = (body: NewReminder) =>
      send.mutate(body, {
        onSuccess: ({ id }) => void navigate(`/consent/reminders/${id}`),
        onError: (error) => {
          if (!asksOnceMore(error, () => submit({ ...reminder, again: true }))) showProblem(error, form);
        },
      });
    submit(reminder);
  };

  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ ...proposedWords[state], state, ...(purpose ? { purpose } : {}) }}
      onFinish={begin}
    >
      <Form.Item
        name="purpose"
        label={t('consents.purpose')}
        rules={[{ required: true, message: t('consents.reminders.choosePurpose') }]}
      >
        <Select
          options={purposes}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(chosen: string) => choose({ purpose: chosen })}
        />
      </Form.Item>
      <Form.Item name="state" label={t('consents.reminders.whom')}>
        <Radio.Group
          vertical
          options={lapsed.map((value) => ({ value, label: t(`consents.reminders.whoms.${value}`) }))}
          onChange={({ target }) => chooseState(target.value as Lapsed)}
        />
      </Form.Item>
      {languages.map((language) => (
        <WordsIn key={language} language={language} />
      ))}
      <Button type="primary" htmlType="submit" loading={send.isPending} disabled={preview.data?.matched === 0}>
        {t('consents.reminders.send')}
      </Button>
    </Form>
  );
}

function WordsIn({ language }: { language: (typeof languages)[number] }) {
  const { t } = useTranslation();
  const required = { required: true, whitespace: true, message: t('consents.reminders.missing') };
  const name = t(`consents.reminders.languages.${language}`);
  return (
    <>
      <Form.Item
        name={['title', language]}
        label={t('consents.reminders.titleIn', { language: name })}
        rules={[required]}
      >
        <Input maxLength={200} lang={language} />
      </Form.Item>
      <Form.Item
        name={['summary', language]}
        label={t('consents.reminders.summaryIn', { language: name })}
        rules={[required]}
      >
        <GrowingText minRows={3} maxRows={12} maxLength={2000} lang={language} />
      </Form.Item>
    </>
  );
}
