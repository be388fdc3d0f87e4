import { App, Button, Form, Input, Modal, Radio } from 'antd';
import { use, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { Panel } from '../../ui/Panel.js';
import { useProblem } from '../../ui/use-problem.js';
import { Consequences } from './Consequences.js';
import { DecideEach } from './DecideEach.js';
import {
  decidedParts,
  differences,
  outcomeOf,
  recordsOf,
  toDecision,
  type DecidedPart,
  type DecisionValues,
} from './decision-values.js';
import { FindingsChanged } from './FindingsChanged.js';
import { FindingsTable } from './FindingsTable.js';
import { useCategoryName, useHolderName } from './holder-names.js';
import { RefusalReason } from './RefusalReason.js';
import { WrittenWords } from './written-words.js';
import { TemplateSelect } from './templates/TemplateSelect.js';
import { decide, decisionHash, useRequestAct, type Finding, type SubjectRequest } from './requests.queries.js';
import css from './requests.module.css';

interface Props {
  readonly request: SubjectRequest;
  readonly findings: readonly Finding[];
  readonly names: SubjectRequest['names'];
  readonly tag: string | null;
}

/** Says before it is sent what follows from each choice; what goes for good is shown once more, counted, and confirmed. */
export function DecisionForm({ request, findings, names, tag }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<DecisionValues>();
  const [confirmed, setConfirmed] = useState<DecisionValues | null>(null);
  const [seen, setSeen] = useState(findings);
  const keepWritten = use(WrittenWords);
  const { send, isPending } = useSending({ request, findings, names, tag }, () => setConfirmed(null));
  const values: DecisionValues = { outcome: 'grant', ...Form.useWatch<DecisionValues | undefined>([], form) };
  const parts = decidedParts(values, findings);
  const finish = (filled: DecisionValues) => {
    const isGoing = recordsOf(decidedParts(filled, findings), 'grant') > 0;
    if (request.deciding.isIrrevocable && filled.outcome !== 'refuse' && isGoing) setConfirmed(filled);
    else send(filled);
  };
  const table = (
    <FindingsTable
      request={request}
      findings={findings}
      names={names}
      decide={
        values.outcome === 'perCategory' ? (one) => <Each request={request} finding={one} names={names} /> : undefined
      }
    />
  );
  return (
    <Panel title={t('requests.decide')}>
      <FindingsChanged changes={differences(seen, findings)} names={names} seen={() => setSeen(findings)} />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ outcome: 'grant' }}
        onFinish={finish}
        onValuesChange={(_changed, { text = '' }: DecisionValues) => keepWritten(text)}
        scrollToFirstError
      >
        <Choices request={request} findings={findings} />
        {values.outcome === 'perCategory' && table}
        {values.outcome === 'refuse' && <RefusalReason />}
        <AnswerText request={request} outcome={values.outcome} />
        <p className="secondary">{t(`requests.followsFrom.${followsFrom(request, values, parts)}`)}</p>
        <Button type="primary" htmlType="submit" loading={isPending && !confirmed}>
          {t('requests.decide')}
        </Button>
      </Form>
      {request.deciding.isAboutHeldData && values.outcome !== 'perCategory' && (
        <div className={css['part']}>
          <h3>{t('requests.held')}</h3>
          <p className="secondary">{t('requests.heldNote')}</p>
          {table}
        </div>
      )}
      {confirmed && (
        <Modal
          open
          width={680}
          title={t(`requests.confirm.title.${request.type === 'deletion' ? 'deletion' : 'closure'}`)}
          okText={t('requests.confirm.do', { count: recordsOf(parts, 'grant') })}
          okButtonProps={{ danger: true, loading: isPending }}
          cancelText={t('requests.confirm.back')}
          onOk={() => send(confirmed)}
          onCancel={() => setConfirmed(null)}
        >
          <Consequences parts={decidedParts(confirmed, findings)} names={names} />
          <p>{t(`requests.followsFrom.${followsFrom(request, confirmed, decidedParts(confirmed, findings))}`)}</p>
        </Modal>
      )}
    </Panel>
  );
}

/** What was filled in stays where it is refused; what is held is looked at anew then. */
function useSending({ request, findings, tag }: Props, settled: () => void) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const showProblem = useProblem();
  const act = useRequestAct(request.id);
  const send = (values: DecisionValues) =>
    act.mutate(() => decide(request.id, toDecision(values, findings), tag), {
      onSuccess: () => void message.success(t('requests.done.decided')),
      onError: (error) => showProblem(error),
      onSettled: settled,
    });
  return { send, isPending: act.isPending };
}

/** In the words of the kind: a complaint is dealt with, not granted. */
function Choices({ request, findings }: Pick<Props, 'request' | 'findings'>) {
  const { t } = useTranslation();
  const choices = useFocusWhenSentHere();
  const { type, deciding } = request;
  const words = wordsOf(request);
  const isByPart = deciding.isAboutHeldData && findings.length > (deciding.isIrrevocable ? 0 : 1);
  const options = (['grant', ...(isByPart ? (['perCategory'] as const) : []), 'refuse'] as const).map((value) => ({
    value,
    label: t(`requests.choices.${words}.${value}`, { defaultValue: t(`requests.choices.held.${value}`) }),
  }));
  return (
    <Form.Item name="outcome" label={t('requests.decisionOn', { type: t(`requests.types.${type}`) })}>
      <Radio.Group ref={choices} options={options} />
    </Form.Item>
  );
}

function wordsOf({ type, deciding }: SubjectRequest): 'complaint' | 'words' | 'deletion' | 'held' | 'plain' {
  if (type === 'complaint') return 'complaint';
  if (deciding.isAnsweredInWords) return 'words';
  if (!deciding.isAboutHeldData) return 'plain';
  return deciding.isIrrevocable ? 'deletion' : 'held';
}

function AnswerText({ request, outcome }: { request: SubjectRequest; outcome: DecisionValues['outcome'] }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance<DecisionValues>();
  const { type, locale, deciding } = request;
  const isRefused = outcome === 'refuse';
  const isNeeded = deciding.isAnsweredInWords && !isRefused;
  const hint = isRefused ? 'besidesReason' : isNeeded ? 'answerNeeded' : 'answerHint';
  /** After what was written already. */
  const put = (text: string) =>
    form.setFieldValue('text', [form.getFieldValue('text') as string | undefined, text].filter(Boolean).join('\n'));
  return (
    <>
      <TemplateSelect types={[type]} locale={locale} choose={put} />
      <Form.Item
        name="text"
        label={t('requests.answer')}
        extra={t(`requests.${hint}`)}
        rules={isNeeded ? [{ required: true, whitespace: true, message: t('requests.writeSomething') }] : []}
      >
        <Input.TextArea rows={2} maxLength={5000} />
      </Form.Item>
    </>
  );
}

function Each({ request, finding, names }: Pick<Props, 'request' | 'names'> & { finding: Finding }) {
  const categoryName = useCategoryName(names);
  const holderName = useHolderName(names);
  const label = `${categoryName(finding.category)} · ${holderName(finding.holder)}`;
  return <DecideEach request={request} finding={finding} label={label} />;
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

/** Where it leads, as the server says of each outcome. */
function followsFrom({ deciding }: SubjectRequest, values: DecisionValues, parts: readonly DecidedPart[]) {
  const outcome = outcomeOf(values, parts);
  const next = deciding.next[outcome];
  if (next === 'awaitingSecond') return 'awaitingSecond';
  const allStays = parts.length > 0 && parts.every(({ decision }) => decision.outcome === 'keep');
  if (allStays) return 'allStays';
  if (outcome === 'refused') return 'refused';
  return next === 'waiting' || next === 'fulfilling' ? next : 'closed';
}
