import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@abide/client';
import type { OverviewPart } from '../../feature.js';
import { usePermission } from '../../session/permissions.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { Panel } from '../../ui/Panel.js';

/** A part of the overview with what the server says in it. */
export interface DrawnPart {
  readonly part: OverviewPart;
  readonly content: Schemas['OverviewFragmentResponse'];
}

interface Props {
  readonly title: string;
  readonly parts: readonly DrawnPart[];
  readonly of: 'mine' | 'others';
  /** Whether to say so when nothing waits; without it there is no panel then. */
  readonly tellsOfNothing?: boolean;
}

/** What waits, whichever feature it is of. */
export function WaitingPanel({ title, parts, of, tellsOfNothing = false }: Props) {
  const { t } = useTranslation();
  const mayReadPolicies = usePermission('policy.read');
  const mayReadRequests = usePermission('request.read');
  const waiting = parts.filter(({ part, content }) => part.Waiting && content[of].length > 0);
  if (waiting.length === 0 && !tellsOfNothing) return null;
  return (
    <Panel title={title}>
      {waiting.length === 0 && (
        <EmptyState
          text={t('overview.nothingMine')}
          action={
            mayReadRequests ? (
              <Link to="/requests">{t('overview.toRequests')}</Link>
            ) : (
              mayReadPolicies && <Link to="/policies">{t('overview.toPolicies')}</Link>
            )
          }
        />
      )}
      {waiting.map(
        ({ part: { fragment, Waiting }, content }) =>
          Waiting && <Waiting key={fragment} rows={content[of] as never[]} />,
      )}
    </Panel>
  );
}
