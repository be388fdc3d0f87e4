import { App, Button, Form, Input, Modal, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePermission } from '../../session/permissions.js';
import { useOperator } from '../../session/session.queries.js';
import { Time } from '../../ui/Time.js';
import { useProblem } from '../../ui/use-problem.js';
import { HandOverDialog } from './HandOverDialog.js';
import { keyed } from './request-keys.js';
import { LinkDeceasedDialog } from './LinkDeceasedDialog.js';
import { approve, ask, assign, extend, sendBack, useRequestAct, type SubjectRequest } from './requests.queries.js';

type Written = 'ask' | 'extend' | 'sendBack';

const writtenActs = { ask, extend, sendBack } as const;

/** What can be done with a request now, beside deciding it. */
export function RequestActs({ request }: { request: SubjectRequest }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const mayAnswer = usePermission('request.answer');
  const operator = useOperator();
  const showProblem = useProblem();
  const [writing, setWriting] = useState<Written | null>(null);
  const [isLinking, setIsLinking] = useState(false);
  const [isHandingOver, setHandingOver] = useState(false);
  const act = useRequestAct(request.id);
  const run = (what: () => Promise<SubjectRequest>, said: string) =>
    act.mutate(what, { onSuccess: () => void message.success(said), onError: (error) => showProblem(error) });
  const isRunning = request.closedAt === null && request.state !== 'awaitingIdentity';
  if (!isRunning) return null;
  return (
    <Space wrap>
      {mayAnswer && request.assigneeId !== operator.id && (
        <Button
          {...keyed('a')}
          loading={act.isPending}
          onClick={() => run(() => assign(request.id, operator.id), t('requests.done.assigned'))}
        >
          {t('requests.takeOver')}
        </Button>
      )}
      {mayAnswer && <Button onClick={() => setHandingOver(true)}>{t('requests.handOver.title')}</Button>}
      {mayAnswer && request.state === 'open' && (
        <Button {...keyed('q')} onClick={() => setWriting('ask')}>
          {t('requests.ask')}
        </Button>
      )}
      {mayAnswer && request.extension && <Button onClick={() => setWriting('extend')}>{t('requests.extend')}</Button>}
      {request.state === 'awaitingSecond' && request.mayDecide && (
        <>
          <Button onClick={() => setWriting('sendBack')}>{t('requests.sendBack')}</Button>
          <Button
            type="primary"
            loading={act.isPending}
            onClick={() => run(() => approve(request.id), t('requests.done.approved'))}
          >
            {t('requests.approve')}
          </Button>
        </>
      )}
      {mayAnswer && isLinkable(request) && (
        <Button onClick={() => setIsLinking(true)}>{t('requests.relative.link')}</Button>
      )}
      {isLinking && <LinkDeceasedDialog request={request} close={() => setIsLinking(false)} />}
      {isHandingOver && <HandOverDialog request={request} close={() => setHandingOver(false)} />}
      {writing && <WriteDialog request={request} what={writing} close={() => setWriting(null)} />}
    </Space>
  );
}

/** A near relative proved their address, and nobody has said yet whose data it is. */
function isLinkable({ state, requester, asker, type }: SubjectRequest): boolean {
  const isRelative = Boolean(requester?.relation && requester.isProven) && asker === undefined;
  return state === 'open' && isRelative && type !== 'inquiry' && type !== 'complaint';
}

/** Until when the deadline would be, and where that is provided. */
function Extended({ dueAt, article }: NonNullable<SubjectRequest['extension']>) {
  const { t } = useTranslation();
  return (
    <p>
      {dueAt ? (
        <>
          {t('requests.extendedUntil')} <Time at={dueAt} />
        </>
      ) : (
        t('requests.extendedOnceAnswered')
      )}{' '}
      · {article}
    </p>
  );
}

function WriteDialog({ request, what, close }: { request: SubjectRequest; what: Written; close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ text: string }>();
  const showProblem = useProblem();
  const act = useRequestAct(request.id);
  const send = ({ text }: { text: string }) =>
    act.mutate(() => writtenActs[what](request.id, text), {
      onSuccess: () => {
        void message.success(t(`requests.done.${what}`));
        close();
      },
      onError: (error) => showProblem(error, form),
    });
  return (
    <Modal open title={t(`requests.${what}`)} footer={null} onCancel={close}>
      <p>{t(`requests.follows.${what}`)}</p>
      {what === 'extend' && request.extension && <Extended {...request.extension} />}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={send}>
        <Form.Item
          name="text"
          label={t(`requests.writes.${what}`)}
          rules={[{ required: true, whitespace: true, message: t('requests.writeSomething') }]}
        >
          <Input.TextArea rows={4} maxLength={2000} autoFocus />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={act.isPending}>
          {t(`requests.${what}`)}
        </Button>
      </Form>
    </Modal>
  );
}
