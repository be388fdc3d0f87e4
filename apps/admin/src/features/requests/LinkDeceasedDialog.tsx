import { App, Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useProblem } from '../../ui/use-problem.js';
import { useLinkDeceased, type SubjectRequest } from './requests.queries.js';

interface Wanted {
  readonly subjectId: string;
  readonly reason: string;
}

/** Says whose data a near relative asks about, once the evidence has been seen; says first what follows, and that a second colleague decides. */
export function LinkDeceasedDialog({ request, close }: { request: SubjectRequest; close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [form] = Form.useForm<Wanted>();
  const showProblem = useProblem();
  const link = useLinkDeceased(request.id);
  const send = (wanted: Wanted) =>
    link.mutate(wanted, {
      onSuccess: ({ change }) => {
        void message.success(t('requests.relative.proposed'));
        void navigate(`/changes/${change.id}`);
      },
      onError: (error) => showProblem(error, form),
    });
  return (
    <Modal open title={t('requests.relative.link')} footer={null} onCancel={close}>
      <p>{t('requests.relative.follows')}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={send}>
        <Form.Item
          name="subjectId"
          label={t('requests.relative.account')}
          extra={t('requests.relative.accountHint')}
          rules={[{ required: true, pattern: /^[0-9a-f-]{36}$/i, message: t('requests.relative.accountMissing') }]}
        >
          <Input maxLength={36} className="code" autoFocus />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('requests.relative.seen')}
          extra={t('requests.relative.seenHint')}
          rules={[{ required: true, whitespace: true, min: 5, message: t('requests.relative.seenMissing') }]}
        >
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={link.isPending}>
          {t('requests.relative.propose')}
        </Button>
      </Form>
    </Modal>
  );
}
