import { useQuery } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { usePermission } from '../../../session/permissions.js';
import { Facts } from '../../../ui/Facts.js';
import { Loaded } from '../../../ui/Loaded.js';
import { Num } from '../../../ui/Num.js';
import { Panel } from '../../../ui/Panel.js';
import { Time } from '../../../ui/Time.js';
import { useProblem } from '../../../ui/use-problem.js';
import { deathQuery, useWithdrawDeath, type NotedDeath } from './deaths.queries.js';

/** That their death is noted, what relatives asked since, and how the note is taken back where it was a mistake. */
export function DeathPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  const mayRead = usePermission('request.read');
  const mayWithdraw = usePermission('request.decideAny');
  const [isOpen, setOpen] = useState(false);
  const death = useQuery({ ...deathQuery(id), enabled: mayRead });
  if (!mayRead) return null;
  return (
    <Panel title={t('deaths.title')}>
      <Loaded query={death}>
        {(noted) => (
          <>
            <p>{t('deaths.means')}</p>
            <Facts
              rows={[
                [t('deaths.notedAt'), <Time key="at" at={noted.notedAt} />],
                [
                  t('deaths.relativesMayNot'),
                  noted.relativesMayNot.map((act) => t(`deaths.acts.${act}`)).join(t('ui.listSeparator')),
                ],
                [t('deaths.open'), <Num key="open" value={noted.open} />],
                [t('deaths.answered'), <Num key="answered" value={noted.answered} />],
              ]}
            />
            {mayWithdraw && (
              <Button size="small" onClick={() => setOpen(true)}>
                {t('deaths.withdraw')}
              </Button>
            )}
            {isOpen && <WithdrawDialog id={id} death={noted} close={() => setOpen(false)} />}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

/** What follows with exact counts, then why; another privacy officer decides. */
function WithdrawDialog({ id, death, close }: { id: string; death: NotedDeath; close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [form] = Form.useForm<{ reason: string }>();
  const showProblem = useProblem();
  const withdraw = useWithdrawDeath(id);
  const { open, answered, packages } = death;
  const send = ({ reason }: { reason: string }) =>
    withdraw.mutate(reason, {
      onSuccess: ({ change }) => {
        void message.success(t('deaths.proposed'));
        void navigate(`/changes/${change.id}`);
      },
      onError: (error) => showProblem(error, form),
    });
  return (
    <Modal open title={t('deaths.withdraw')} footer={null} onCancel={close}>
      <ul>
        <li>{t('deaths.follows.again')}</li>
        <li>{t('deaths.follows.ended', { open, packages })}</li>
        {answered > 0 && <li>{t('deaths.follows.stays', { answered })}</li>}
        <li>{t('deaths.follows.second')}</li>
      </ul>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={send}>
        <Form.Item
          name="reason"
          label={t('deaths.reason')}
          extra={t('deaths.reasonHint')}
          rules={[{ required: true, whitespace: true, min: 5, message: t('deaths.reasonMissing') }]}
        >
          <Input.TextArea rows={3} maxLength={500} autoFocus />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={withdraw.isPending}>
          {t('deaths.propose')}
        </Button>
      </Form>
    </Modal>
  );
}
