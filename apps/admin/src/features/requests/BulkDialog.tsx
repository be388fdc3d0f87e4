import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useProblem } from '../../ui/use-problem.js';
import { decideInBulk, type BulkBody, type BulkItem } from './bulk.queries.js';
import { BulkItems } from './BulkItems.js';
import { RefusalReason } from './RefusalReason.js';
import { requestsKey } from './requests.queries.js';
import { TemplateSelect } from './templates/TemplateSelect.js';

interface Props {
  /** The requests by id, or all that the queue's filters find. */
  readonly which: Pick<BulkBody, 'ids' | 'filter'>;
  readonly close: () => void;
}

type Decision = BulkBody['decision'];

/** One decision for many: first what would come of each, then it goes to a second colleague. */
export function BulkDialog({ which, close }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Decision>();
  const showProblem = useProblem();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [shown, setShown] = useState<{ decision: Decision; items: readonly BulkItem[] } | null>(null);
  const ask = useMutation({ mutationFn: (body: BulkBody) => decideInBulk(body) });
  const onError = (error: Error) => showProblem(error, form);
  const preview = (decision: Decision) =>
    ask.mutate(
      { ...which, decision, dryRun: true },
      { onSuccess: ({ items }) => setShown({ decision, items }), onError },
    );
  const propose = ({ decision, items }: NonNullable<typeof shown>) =>
    ask.mutate(
      { ids: possibleOf(items).map(({ id }) => id), decision, dryRun: false },
      {
        onSuccess: ({ id }) => {
          void message.success(t('requests.bulk.proposed'));
          void client.invalidateQueries({ queryKey: requestsKey });
          void navigate(`/requests/bulk/${id}`);
        },
        onError,
      },
    );
  return (
    <Modal open title={t('requests.bulk.title')} footer={null} onCancel={close} width={760}>
      <p>{t('requests.bulk.purpose')}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ outcome: 'grant' }}
        onValuesChange={() => setShown(null)}
        onFinish={preview}
      >
        <DecisionFields />
        <Button htmlType="submit" loading={ask.isPending && !shown}>
          {t('requests.bulk.preview')}
        </Button>
      </Form>
      {shown && <Preview items={shown.items} isPending={ask.isPending} propose={() => propose(shown)} />}
    </Modal>
  );
}

function DecisionFields() {
  const { t, i18n } = useTranslation();
  const form = Form.useFormInstance<Decision>();
  const put = (text: string) =>
    form.setFieldValue('text', [form.getFieldValue('text') as string | undefined, text].filter(Boolean).join('\n'));
  const outcome = Form.useWatch<Decision['outcome'] | undefined>('outcome');
  return (
    <>
      <Form.Item name="outcome" label={t('requests.decision')}>
        <Radio.Group
          options={(['grant', 'refuse'] as const).map((value) => ({
            value,
            label: t(`requests.bulk.choices.${value}`),
          }))}
        />
      </Form.Item>
      {outcome === 'refuse' && <RefusalReason />}
      <TemplateSelect types={null} locale={i18n.language === 'en' ? 'en' : 'zh-CN'} choose={put} />
      <Form.Item name="text" label={t('requests.answer')} extra={t('requests.bulk.textHint')}>
        <Input.TextArea rows={3} maxLength={5000} />
      </Form.Item>
    </>
  );
}

function Preview({
  items,
  isPending,
  propose,
}: {
  items: readonly BulkItem[];
  isPending: boolean;
  propose: () => void;
}) {
  const { t } = useTranslation();
  const possible = possibleOf(items).length;
  return (
    <>
      <Alert
        type="info"
        showIcon
        title={t('requests.bulk.wouldBe', { count: possible, of: items.length })}
        style={{ margin: '12px 0' }}
      />
      <BulkItems items={items} />
      <Button type="primary" disabled={possible === 0} loading={isPending} onClick={propose} style={{ marginTop: 12 }}>
        {t('requests.bulk.propose', { count: possible })}
      </Button>
    </>
  );
}

function possibleOf(items: readonly BulkItem[]): BulkItem[] {
  return items.filter(({ refusal }) => refusal === null);
}
