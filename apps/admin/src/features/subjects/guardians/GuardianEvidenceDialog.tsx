import { Button, Form, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { MinorLookGate } from '../../../ui/MinorLookGate.js';
import { ReasonField } from '../../../ui/ReasonField.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { Time } from '../../../ui/Time.js';
import { useProblem } from '../../../ui/use-problem.js';
import { useReadGuardianEvidence } from './guardians.queries.js';
import css from '../consents/consents.module.css';

interface Props {
  readonly subjectId: string;
  readonly guardianshipId: string;
  readonly close: () => void;
}

/** Shows what officers saw before they decided, for a reason that is kept; the text is gone when the dialog closes. */
export function GuardianEvidenceDialog({ subjectId, guardianshipId, close }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ reason: string }>();
  const showProblem = useProblem();
  const read = useReadGuardianEvidence(subjectId, guardianshipId);
  return (
    <Modal open title={t('guardians.readEvidence')} footer={null} width={520} onCancel={close}>
      {read.data ? (
        <div role="status">
          {read.data.length === 0 && <EmptyState text={t('guardians.noEvidence')} />}
          {read.data.map(({ about, evidence, recordedAt }) => (
            <p key={recordedAt} className={css['evidence']}>
              {t(`guardians.decide.${about}`)} · <Time at={recordedAt} /> · {evidence}
            </p>
          ))}
        </div>
      ) : (
        <MinorLookGate subjectId={subjectId}>
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
