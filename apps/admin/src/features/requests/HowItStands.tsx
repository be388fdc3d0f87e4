import { useTranslation } from 'react-i18next';
import { Facts } from '../../ui/Facts.js';
import { Panel } from '../../ui/Panel.js';
import { DaysLeft, Time } from '../../ui/Time.js';
import type { SubjectRequest } from './requests.queries.js';

/** Until when the person may take it back, and who alone may shorten that. */
export function WaitingPanel({ request: { state, waitingUntil } }: { request: SubjectRequest }) {
  const { t } = useTranslation();
  if (state !== 'waiting' || waitingUntil === null) return null;
  return (
    <Panel title={t('requests.waiting.title')} note={t('requests.waiting.note')}>
      <Facts
        rows={[
          [t('requests.waiting.until'), <Time key="until" at={waitingUntil} />],
          [t('requests.waiting.left'), <DaysLeft key="left" until={waitingUntil} />],
        ]}
      />
    </Panel>
  );
}

/** When it was answered and whether in time, and what became of the package. */
export function ClosedPanel({ request }: { request: SubjectRequest }) {
  const { t } = useTranslation();
  const { state, closedAt, outcome, isInTime, package: pack } = request;
  if (state !== 'closed') return null;
  const fetched = request.timeline.findLast(({ act }) => act === 'fetched');
  return (
    <Panel title={t('requests.closed.title')}>
      <Facts
        rows={[
          [t('requests.outcome'), outcome && t(`requests.closed.outcomes.${outcome}`)],
          [t('requests.closed.at'), <Time key="at" at={closedAt} />],
          [t('requests.closed.inTime'), isInTime !== null && t(`requests.closed.${isInTime ? 'yes' : 'no'}`)],
          [t('requests.closed.packageUntil'), pack && <Time key="until" at={pack.expiresAt} />],
          [t('requests.closed.fetched'), pack && t('requests.closed.times', { count: pack.downloads })],
          [t('requests.closed.fetchedLast'), fetched && <Time key="last" at={fetched.at} />],
        ]}
      />
    </Panel>
  );
}
