import { App, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Revision } from '../../../api/types.js';
import { Panel, TwoColumns } from '../../../ui/Panel.js';
import { useProblem } from '../../../ui/use-problem.js';
import { useRevisionAct } from '../policies.queries.js';
import { DecidePage } from './DecidePage.js';
import css from './decide.module.css';

/** Takes a revision back: what was announced is called off, what was in review becomes a draft again. */
export function WithdrawalPage() {
  return <DecidePage act="withdrawal">{(revision) => <Withdrawal revision={revision} />}</DecidePage>;
}

function Withdrawal({ revision }: { revision: Revision }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const showProblem = useProblem();
  const withdraw = useRevisionAct(revision);
  const [form] = Form.useForm<{ reason: string; confirmation?: string }>();
  const ends = revision.state === 'draft' || revision.state === 'scheduled';
  const typed = `${revision.policy.slug} ${revision.number}`;

  const send = ({ reason }: { reason: string }) =>
    withdraw.mutate(
      { act: 'withdrawal', reason },
      {
        onSuccess: () => {
          void message.success(t('policies.decide.withdrawal.done'));
          void navigate(`/revisions/${revision.id}/facts`);
        },
        onError: (error) => showProblem(error, form),
      },
    );

  return (
    <TwoColumns
      left={
        <Panel>
          <Form form={form} layout="vertical" requiredMark={false} onFinish={send}>
            <Form.Item
              name="reason"
              label={t('policies.decide.reason')}
              rules={[{ required: true, whitespace: true, message: t('policies.decide.reasonMissing') }]}
            >
              <Input.TextArea rows={3} maxLength={2000} />
            </Form.Item>
            {ends && (
              <Form.Item
                name="confirmation"
                label={t('policies.decide.typeToConfirm', { text: typed })}
                rules={[
                  {
                    validator: (_rule, value: unknown) =>
                      value === typed ? Promise.resolve() : Promise.reject(new Error(t('policies.decide.typeDiffers'))),
                  },
                ]}
              >
                <Input autoComplete="off" />
              </Form.Item>
            )}
            <div className={css['acts']}>
              <Button danger type="primary" htmlType="submit" loading={withdraw.isPending}>
                {t('policies.decide.withdrawal.act')}
              </Button>
            </div>
          </Form>
        </Panel>
      }
      right={
        <Panel title={t('policies.decide.follows')}>
          <p>{t(`policies.decide.withdrawal.follows.${revision.state}`, { defaultValue: '' })}</p>
        </Panel>
      }
    />
  );
}
