import { App, Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { ReasonField } from '../../../ui/ReasonField.js';
import { useProblem } from '../../../ui/use-problem.js';
import { useDecideGuardianship, type GuardianDecision } from './guardians.queries.js';

interface Props {
  readonly subjectId: string;
  readonly guardianshipId: string;
  readonly about: GuardianDecision['about'];
  readonly close: () => void;
}

/** Decides with evidence; says first what follows from it and who is told. */
export function DecisionDialog({ subjectId, guardianshipId, about, close }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ evidence: string; reason: string }>();
  const showProblem = useProblem();
  const decide = useDecideGuardianship(subjectId, guardianshipId);
  const send = (note: { evidence: string; reason: string }) =>
    decide.mutate(
      { about, ...note },
      {
        onSuccess: () => {
          void message.success(t('guardians.decided'));
          close();
        },
        onError: (error) => showProblem(error, form),
      },
    );
  return (
    <Modal open title={t(`guardians.decide.${about}`)} footer={null} width={520} onCancel={close}>
      <p>{t(`guardians.follows.${about}`)}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={send}>
        <Form.Item
          name="evidence"
          label={t('guardians.evidence')}
          extra={t('guardians.evidenceHint')}
          rules={[{ required: true, whitespace: true, min: 10, message: t('guardians.evidenceMissing') }]}
        >
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
        <ReasonField />
        <Button type="primary" htmlType="submit" block loading={decide.isPending}>
          {t(`guardians.decide.${about}`)}
        </Button>
      </Form>
    </Modal>
  );
}
