import { App, Button, Form, Input, Radio, Select } from 'antd';
import { use, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { Panel } from '../../ui/Panel.js';
import { useProblem } from '../../ui/use-problem.js';
import { useCategoryName } from './holder-names.js';
import { RefusalReason } from './RefusalReason.js';
import { WrittenWords } from './written-words.js';
import { TemplateSelect } from './templates/TemplateSelect.js';
import {
  decide,
  decisionHash,
  useRequestAct,
  type Decision,
  type Finding,
  type SubjectRequest,
} from './requests.queries.js';

interface Values {
  readonly outcome: Decision['outcome'];
  readonly items?: Readonly<Record<string, 'grant' | 'refuse'>>;
  readonly reason?: string;
  readonly text?: string;
}

interface Props {
  readonly request: SubjectRequest;
  readonly findings: readonly Finding[];
  readonly names: SubjectRequest['names'];
  readonly tag: string | null;
}

/** Says before it is sent what follows from each choice; a refusal asks for its reason. */
export function DecisionForm({ request, findings, names, tag }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const categoryName = useCategoryName(names);
  const [form] = Form.useForm<Values>();
  const showProblem = useProblem();
  const keepWritten = use(WrittenWords);
  const act = useRequestAct(request.id);
  const choices = useFocusWhenSentHere();
  const outcome = Form.useWatch('outcome', form) ?? 'grant';
  const items = Form.useWatch('items', form) ?? {};
  const refuses = outcome === 'refuse' || (outcome === 'perCategory' && Object.values(items).includes('refuse'));
  const categories = [...new Set(findings.map(({ category }) => category))];
  const send = (values: Values) =>
    act.mutate(() => decide(request.id, toDecision(values, categories), tag), {
      onSuccess: () => void message.success(t('requests.done.decided')),
      onError: (error) => showProblem(error, form),
    });
  return (
    <Panel title={t('requests.decide')}>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ outcome: 'grant' }}
        onFinish={send}
        onValuesChange={(_changed, { text = '' }: Values) => keepWritten(text)}
      >
        <Form.Item name="outcome" label={t('requests.decision')}>
          <Radio.Group
            ref={choices}
            options={[
              { value: 'grant', label: t('requests.outcomes.grant') },
              ...(categories.length > 1 ? [{ value: 'perCategory', label: t('requests.outcomes.perCategory') }] : []),
              { value: 'refuse', label: t('requests.outcomes.refuse') },
            ]}
          />
        </Form.Item>
        {outcome === 'perCategory' &&
          categories.map((category) => (
            <Form.Item
              key={category}
              name={['items', category]}
              label={categoryName(category)}
              rules={[{ required: true, message: t('requests.decideEach') }]}
            >
              <Select
                style={{ maxWidth: 260 }}
                options={(['grant', 'refuse'] as const).map((value) => ({
                  value,
                  label: t(`requests.decisions.${value}`),
                }))}
              />
            </Form.Item>
          ))}
        {refuses && <RefusalReason />}
        <TemplateSelect request={request} choose={(text) => form.setFieldValue('text', text)} />
        <Form.Item name="text" label={t('requests.answer')} extra={t('requests.answerHint')}>
          <Input.TextArea rows={3} maxLength={5000} />
        </Form.Item>
        <p className="secondary">{t(`requests.followsFrom.${followsFrom(request, outcome)}`)}</p>
        <Button type="primary" htmlType="submit" loading={act.isPending}>
          {t('requests.decide')}
        </Button>
      </Form>
    </Panel>
  );
}

/** Whoever came for the decision begins at its choices. */
function useFocusWhenSentHere() {
  const choices = useRef<HTMLDivElement>(null);
  const { hash } = useLocation();
  useEffect(() => {
    if (hash === decisionHash) choices.current?.querySelector('input')?.focus();
  }, [hash]);
  return choices;
}

function followsFrom(
  { type }: SubjectRequest,
  outcome: Decision['outcome'],
): 'refused' | 'waits' | 'carriedOut' | 'answered' {
  if (outcome === 'refuse') return 'refused';
  if (type === 'deletion' || type === 'accountClosure') return 'waits';
  return ['access', 'portability', 'correction', 'restriction'].includes(type) ? 'carriedOut' : 'answered';
}

function toDecision({ outcome, items = {}, reason, text }: Values, categories: readonly string[]): Decision {
  return {
    outcome,
    ...(outcome === 'perCategory'
      ? { items: categories.map((category) => ({ category, outcome: items[category] ?? 'grant' })) }
      : {}),
    ...(reason ? { reason } : {}),
    ...(text ? { text } : {}),
  };
}
