import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useProblem } from '../../ui/use-problem.js';
import { revisionQuery, useSaveDraft } from './policies.queries.js';

/** Begins the next revision with the text that is in force. */
export function StartDraftButton({ slug, from }: { slug: string; from: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const showProblem = useProblem();
  const save = useSaveDraft();
  const start = async () => {
    try {
      const { document } = await client.fetchQuery(revisionQuery(from));
      const { revisionId } = await save.mutateAsync({ slug, document, basedOn: null });
      await navigate(`/revisions/${revisionId}`);
    } catch (error) {
      showProblem(error);
    }
  };
  return (
    <Button type="primary" loading={save.isPending} onClick={() => void start()}>
      {t('policies.startDraft')}
    </Button>
  );
}
