import { useQuery } from '@tanstack/react-query';
import { App, Button, Form, Modal, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../ui/Loaded.js';
import { useProblem } from '../../ui/use-problem.js';
import { assign, colleaguesQuery, useRequestAct, type SubjectRequest } from './requests.queries.js';

const nobody = 'nobody';

/** Gives a request to a colleague who may answer it, or back to nobody; says which of them may decide it. */
export function HandOverDialog({ request, close }: { request: SubjectRequest; close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ to: string }>();
  const showProblem = useProblem();
  const act = useRequestAct(request.id);
  const send = ({ to }: { to: string }) =>
    act.mutate(() => assign(request.id, to === nobody ? null : to), {
      onSuccess: ({ assignee }) => {
        const name = assignee ?? t('requests.assignees.nobody');
        void message.success(t('requests.handOver.done', { name }));
        close();
      },
      onError: (error) => showProblem(error, form),
    });
  return (
    <Modal open title={t('requests.handOver.title')} footer={null} onCancel={close}>
      <p>{t('requests.handOver.follows')}</p>
      <Loaded query={useQuery(colleaguesQuery(request.id))}>
        {({ items }) => (
          <Form form={form} layout="vertical" requiredMark={false} onFinish={send}>
            <Form.Item
              name="to"
              label={t('requests.assignee')}
              rules={[{ required: true, message: t('requests.handOver.missing') }]}
            >
              <Radio.Group
                vertical
                options={[
                  ...items
                    .filter(({ id }) => id !== request.assigneeId)
                    .map(({ id, name, mayDecide }) => ({
                      value: id,
                      label: mayDecide ? name : t('requests.handOver.onlyAnswers', { name }),
                    })),
                  ...(request.assigneeId ? [{ value: nobody, label: t('requests.assignees.nobody') }] : []),
                ]}
              />
            </Form.Item>
            <Button type="primary" htmlType="submit" block loading={act.isPending}>
              {t('requests.handOver.title')}
            </Button>
          </Form>
        )}
      </Loaded>
    </Modal>
  );
}
