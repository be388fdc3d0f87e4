import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { PolicyTests } from '../policies.types.js';
import type { Revision } from '../../../api/types.js';
import { Loaded } from '../../../ui/Loaded.js';
import { Panel, TwoColumns } from '../../../ui/Panel.js';
import { ProblemAlert } from '../../../ui/ProblemAlert.js';
import { RevisionActs } from '../decide/RevisionActs.js';
import { revisionQuery } from '../policies.queries.js';
import { RevisionHead } from '../RevisionHead.js';
import { policyTestsQuery, useRunTests } from './policy-tests.queries.js';
import { TestRun } from './TestRun.js';
import { TestsPanel } from './TestsPanel.js';
import { useTestsInHand } from './use-tests-in-hand.js';

/** The tests kept beside the policy, and how they end on what is being prepared. */
export function PolicyTestsPage() {
  const { id = '' } = useParams();
  const revision = useQuery(revisionQuery(id));
  return <Loaded query={revision}>{(found) => <TestsOfRevision revision={found} />}</Loaded>;
}

function TestsOfRevision({ revision }: { revision: Revision }) {
  const tests = useQuery(policyTestsQuery(revision.policy.slug));
  return (
    <RevisionHead revision={revision} actions={<RevisionActs revision={revision} />}>
      <Loaded query={tests}>{(kept) => <Tests revision={revision} kept={kept} />}</Loaded>
    </RevisionHead>
  );
}

/** Left the text, right what came of it. */
function Tests({ revision, kept }: { revision: Revision; kept: PolicyTests | null }) {
  const { t } = useTranslation();
  const hand = useTestsInHand(revision.policy.slug, kept);
  const run = useRunTests(revision.policy.slug);
  return (
    <TwoColumns
      left={
        <TestsPanel
          revision={revision}
          kept={kept}
          hand={hand}
          run={() => run.mutate(hand.content)}
          isRunning={run.isPending}
        />
      }
      right={
        <>
          <ProblemAlert error={run.error} />
          {run.data ? (
            <TestRun run={run.data} revision={revision} isOutdated={run.variables !== hand.content} />
          ) : (
            <Panel>{t('policyTests.notRunYet')}</Panel>
          )}
        </>
      }
    />
  );
}
