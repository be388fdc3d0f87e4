import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePermission } from '../../../session/permissions.js';
import { useProblem } from '../../../ui/use-problem.js';
import { useShortly } from '../use-shortly.js';
import { useRevealValue } from './subject-telemetry.queries.js';
import css from './telemetry.module.css';

interface Props {
  readonly subjectId: string;
  readonly eventId: string;
  readonly field: string;
  /** The reason of the look, proposed for the value too. */
  readonly reason: string;
}

/** One sealed value, masked; revealed by itself for a reason, and masked again after thirty seconds. */
export function SealedValue({ field, ...place }: Props) {
  const { t } = useTranslation();
  const mayReveal = usePermission('subject.reveal');
  const [asking, setAsking] = useState(false);
  const { values, secondsLeft, show, hide } = useShortly();
  return (
    <li>
      <span className={css['name']}>{field}</span>
      {values ? (
        <span className={css['value']} translate="no" role="status">
          {values[field]}
        </span>
      ) : (
        <span className={css['value']}>
          <span aria-hidden>••••••</span>
          <span className="visually-hidden">{t('subjectTelemetry.masked')}</span>
        </span>
      )}
      {values && (
        <Button size="small" onClick={hide}>
          {t('subjects.maskAgain', { count: secondsLeft })}
        </Button>
      )}
      {!values && mayReveal && !asking && (
        <Button size="small" aria-label={t('subjectTelemetry.revealField', { field })} onClick={() => setAsking(true)}>
          {t('subjects.reveal')}
        </Button>
      )}
      {asking && (
        <AskWhy
          {...place}
          field={field}
          close={() => setAsking(false)}
          revealed={(answer) => {
            setAsking(false);
            show(answer);
          }}
        />
      )}
    </li>
  );
}

function AskWhy({
  subjectId,
  eventId,
  field,
  reason,
  close,
  revealed,
}: Props & { close: () => void; revealed: (answer: { values: Record<string, string>; until: string }) => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ reason: string }>();
  const showProblem = useProblem();
  const reveal = useRevealValue(subjectId, eventId);
  return (
    <Form
      form={form}
      className={css['ask'] ?? ''}
      layout="vertical"
      requiredMark={false}
      initialValues={{ reason }}
      onFinish={(said) =>
        reveal.mutate(
          { field, reason: said.reason },
          { onSuccess: revealed, onError: (error) => showProblem(error, form) },
        )
      }
    >
      <Form.Item
        name="reason"
        label={t('subjects.reason')}
        extra={t('subjectTelemetry.revealNote')}
        rules={[{ required: true, whitespace: true, min: 5, message: t('subjects.reasonMissing') }]}
      >
        <Input maxLength={500} autoFocus />
      </Form.Item>
      <div className={css['acts']}>
        <Button type="primary" htmlType="submit" loading={reveal.isPending}>
          {t('subjects.reveal')}
        </Button>
        <Button onClick={close}>{t('ui.cancel')}</Button>
      </div>
    </Form>
  );
}
