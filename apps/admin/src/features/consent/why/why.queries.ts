import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.js';
import type { WholeQuestion } from './why-question.js';

/** Asked once for each question, because each look is recorded: never again by itself. */
export const explanationQuery = ({
  subjectId,
  action,
  purpose,
  category,
  service,
  recipient,
  region,
  storage,
  at,
}: WholeQuestion) =>
  queryOptions({
    queryKey: [
      'decisions',
      'explanation',
      { subjectId, action, purpose, category, service, recipient, region, storage, at },
    ],
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: ({ signal }) =>
      answerOf(
        api.POST('/api/v1/operator/decisions/explanation', {
          body: {
            subjectId,
            action,
            purpose,
            categories: [category],
            ...(service ? { service } : {}),
            ...(recipient ? { recipientId: recipient } : {}),
            ...(region ? { region } : {}),
            ...(storage ? { storage } : {}),
            ...(at ? { at } : {}),
          },
          signal,
        }),
      ),
  });
