import { Button, Checkbox, Form, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { MinorLookGate } from '../../ui/MinorLookGate.js';
import { ReasonField } from '../../ui/ReasonField.js';
import type { RevealableField, Revealed } from './subjects.types.js';
import { atLeastOne } from '../../ui/rules.js';
import { useProblem } from '../../ui/use-problem.js';
import { useReveal } from './subjects.queries.js';

interface Props {
  readonly subjectId: string;
  readonly fields: readonly RevealableField[];
  readonly close: () => void;
  readonly revealed: (answer: Revealed) => void;
}

/** Asks which fields and why; the reason is recorded with who asked. */
export function RevealDialog({ subjectId, fields, close, revealed }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ fields: RevealableField[]; reason: string }>();
  const showProblem = useProblem();
  const reveal = useReveal(subjectId);
  const ask = (body: { fields: RevealableField[]; reason: string }) =>
    reveal.mutate(body, { onSuccess: revealed, onError: (error) => showProblem(error, form) });
  return (
    <Modal open title={t('subjects.revealTitle')} footer={null} width={460} onCancel={close}>
      <MinorLookGate subjectId={subjectId}>
        <p>{t('subjects.revealWhy')}</p>
        <Form form={form} layout="vertical" requiredMark={false} onFinish={ask}>
          <Form.Item
            name="fields"
            label={t('subjects.revealFields')}
            rules={[atLeastOne(t('subjects.revealFieldsMissing'))]}
          >
            <Checkbox.Group
              options={fields.map((field) => ({
                value: field,
                label: t(`subjects.fields.${field}`, { defaultValue: field }),
              }))}
            />
          </Form.Item>
          <ReasonField />
          <Button type="primary" htmlType="submit" block loading={reveal.isPending}>
            {t('subjects.reveal')}
          </Button>
        </Form>
      </MinorLookGate>
    </Modal>
  );
}
