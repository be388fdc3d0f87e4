import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Revision } from '../../../api/types.js';
import type { RevisionAct } from '../policies.types.js';
import { LinkButton } from '../../../ui/LinkButton.js';
import { useProblem } from '../../../ui/use-problem.js';
import { useRevisionAct } from '../policies.queries.js';

/** The act that comes next in each state; it is the primary one, the others stand before it. */
const nextAct: Partial<Record<Revision['state'], RevisionAct>> = {
  draft: 'submission',
  inReview: 'approval',
  approved: 'schedule',
  scheduled: 'activation',
};

/** What this operator may do with the revision now, as the server says. */
export function RevisionActs({ revision }: { revision: Revision }) {
  const { t } = useTranslation();
  const allowed = new Set(revision.allowedActs.filter((act) => act.allowed).map(({ act }) => act));
  const next = nextAct[revision.state];
  const pages = (['withdrawal', 'submission', 'approval', 'schedule'] as const).filter((act) => allowed.has(act));
  return (
    <>
      <Button
        href={`/api/v1/operator/revisions/${revision.id}/export`}
        download={`${revision.policy.slug}-${revision.number}.yaml`}
      >
        {t('policies.export')}
      </Button>
      {pages.map((act) => (
        <LinkButton key={act} to={`/revisions/${revision.id}/${act}`} {...(act === next ? { type: 'primary' } : {})}>
          {t(`policies.decide.${act}.act`)}
        </LinkButton>
      ))}
      {allowed.has('activation') && <ActivateButton revision={revision} />}
    </>
  );
}

function ActivateButton({ revision }: { revision: Revision }) {
  const { t } = useTranslation();
  const showProblem = useProblem();
  const act = useRevisionAct(revision);
  return (
    <Button
      type="primary"
      loading={act.isPending}
      onClick={() => act.mutate({ act: 'activation' }, { onError: (error) => showProblem(error) })}
    >
      {t('policies.decide.activation.act')}
    </Button>
  );
}
