import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { usePermission } from '../../session/permissions.js';
import { useOperator } from '../../session/session.queries.js';
import type { RowKeys } from '../../ui/use-row-keys.js';
import { useProblem } from '../../ui/use-problem.js';
import { assign, decisionHash, requestsKey, type QueuedRequest } from './requests.queries.js';

/** What single keys do with a request in the queue: `a` takes it over, `d` goes to its decision. */
export function useTriageKeys(): RowKeys<QueuedRequest> {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const operator = useOperator();
  const mayAnswer = usePermission('request.answer');
  const client = useQueryClient();
  const showProblem = useProblem();
  const takeOver = useMutation({
    mutationFn: ({ id }: QueuedRequest) => assign(id, operator.id),
    onSuccess: () => void message.success(t('requests.done.assigned')),
    onError: (error) => showProblem(error),
    onSettled: () => void client.invalidateQueries({ queryKey: requestsKey }),
  });
  return {
    ...(mayAnswer ? { a: (request: QueuedRequest) => takeOver.mutate(request) } : {}),
    d: ({ id }) => void navigate(`/requests/${id}${decisionHash}`),
  };
}
