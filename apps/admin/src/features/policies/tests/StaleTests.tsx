import { Alert, Button, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { useProblem } from '../../../ui/use-problem.js';
import type { TestsInHand } from './use-tests-in-hand.js';

/** Somebody else kept other tests meanwhile: keeps the text in hand and leaves the choice. */
export function StaleTests({ hand }: { hand: TestsInHand }) {
  const { t } = useTranslation();
  const showProblem = useProblem();
  if (!hand.isStale) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('policyTests.stale')}
      action={
        <Space orientation="vertical">
          <Button size="small" onClick={hand.discard}>
            {t('policies.editor.takeTheirs')}
          </Button>
          <Button
            size="small"
            danger
            loading={hand.isSaving}
            onClick={() => void hand.saveOverTheirs().catch((error: unknown) => showProblem(error))}
          >
            {t('policies.editor.saveOver')}
          </Button>
        </Space>
      }
    />
  );
}
