import { Button, Form, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { MinorLookGate } from '../../../ui/MinorLookGate.js';
import { ReasonField } from '../../../ui/ReasonField.js';
import { useProblem } from '../../../ui/use-problem.js';
import { useReadEvidence } from './subject-consents.queries.js';
import css from './consents.module.css';

/** Shows how a consent was given, for a reason that is kept; the text is gone when the dialog closes. */
export function EvidenceDialog({
  subjectId,
  eventId,
  close,
}: {
  subjectId: string;
  eventId: string;
  close: () => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ reason: string }>();
  const showProblem = useProblem();
  const read = useReadEvidence(subjectId, eventId);
  return (
    <Modal open title={t('subjectConsents.evidenceTitle')} footer={null} width={520} onCancel={close}>
      {read.data ? (
        <p className={css['evidence']} role="status">
          {read.data.evidence}
        </p>
      ) : (
        <MinorLookGate subjectId={subjectId}>
          <p>{t('subjectConsents.evidenceWhy')}</p>
          <Form
            form={form}
            layout="vertical"
            requiredMark={false}
            onFinish={({ reason }) => read.mutate(reason, { onError: (error) => showProblem(error, form) })}
          >
            <ReasonField />
            <Button type="primary" htmlType="submit" block loading={read.isPending}>
              {t('subjectConsents.read')}
            </Button>
          </Form>
        </MinorLookGate>
      )}
    </Modal>
  );
}
