import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form } from 'antd';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { minorLookQuery, useAskMinorLook } from '../api/minor-look.js';
import { Loaded } from './Loaded.js';
import { ReasonField } from './ReasonField.js';
import { useProblem } from './use-problem.js';

const askAgainMilliseconds = 5000;

/** What is held about a minor, once a colleague has agreed; until then the way to ask one. */
export function MinorLookGate({ subjectId, children = null }: { subjectId: string; children?: ReactNode }) {
  const look = useQuery({
    ...minorLookQuery(subjectId),
    refetchInterval: ({ state }) => (state.data?.waiting ? askAgainMilliseconds : false),
  });
  useReloadOnceOpen(look.data?.isClosed);
  return (
    <Loaded query={look}>
      {({ isClosed, waiting }) => {
        if (!isClosed) return children;
        return waiting ? <Waiting changeId={waiting.id} /> : <Asking subjectId={subjectId} />;
      }}
    </Loaded>
  );
}

/** What was withheld while it was closed is read anew. */
function useReloadOnceOpen(isClosed: boolean | undefined): void {
  const client = useQueryClient();
  const wasClosed = useRef(false);
  useEffect(() => {
    if (isClosed === false && wasClosed.current) void client.invalidateQueries();
    wasClosed.current = isClosed === true;
  }, [client, isClosed]);
}

function Waiting({ changeId }: { changeId: string }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="info"
      showIcon
      role="status"
      title={t('ui.minorLook.waits')}
      description={<Link to={`/changes/${changeId}`}>{t('ui.minorLook.show')}</Link>}
    />
  );
}

function Asking({ subjectId }: { subjectId: string }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ reason: string }>();
  const showProblem = useProblem();
  const ask = useAskMinorLook(subjectId);
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={({ reason }) => ask.mutate(reason, { onError: (error) => showProblem(error, form) })}
    >
      <p>{t('ui.minorLook.why')}</p>
      <ReasonField />
      <Button type="primary" htmlType="submit" loading={ask.isPending}>
        {t('ui.minorLook.ask')}
      </Button>
    </Form>
  );
}
