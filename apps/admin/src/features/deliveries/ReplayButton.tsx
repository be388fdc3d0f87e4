import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useProblem } from '../../ui/use-problem.js';
import type { useReplayWebhook, useReplayWork } from './deliveries.queries.js';

interface Props {
  readonly id: string;
  readonly label: string;
  readonly replay: ReturnType<typeof useReplayWebhook | typeof useReplayWork>;
}

/** Begins anew what was given up. */
export function ReplayButton({ id, label, replay }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const showProblem = useProblem();
  return (
    <Button
      size="small"
      loading={replay.isPending}
      onClick={() =>
        replay.mutate(id, {
          onSuccess: () => void message.success(t('deliveries.replayed')),
          onError: (error) => showProblem(error),
        })
      }
    >
      {label}
    </Button>
  );
}
