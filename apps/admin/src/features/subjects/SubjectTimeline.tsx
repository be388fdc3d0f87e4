import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Skeleton, Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../ui/ErrorState.js';
import { MissingNote } from '../../ui/MissingNote.js';
import { Panel } from '../../ui/Panel.js';
import { usePolicyName } from '../../ui/policy-names.js';
import { Time } from '../../ui/Time.js';
import { timelineQuery } from './subjects.queries.js';
import type { TimelineEntry } from './subjects.types.js';

/** What happened around the subject, newest first; each entry worded by the feature that it is of. */
export function SubjectTimeline({ subjectId }: { subjectId: string }) {
  const { t } = useTranslation();
  const { data, error, isPending, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    timelineQuery(subjectId),
  );
  const pages = data?.pages ?? [];
  const missing = [...new Set(pages.flatMap((page) => page.missing))];
  return (
    <Panel title={t('subjects.timeline')}>
      {error && <ErrorState error={error} retry={() => void refetch()} />}
      <MissingNote
        names={missing.map((name) => t(`timeline.parts.${name}`, { defaultValue: t('ui.unnamedPart') }))}
        retry={() => void refetch()}
      />
      {isPending ? (
        <Skeleton active />
      ) : (
        <Timeline
          items={pages
            .flatMap(({ items }) => items)
            .map((entry) => ({ key: entry.id, content: <Entry entry={entry} /> }))}
        />
      )}
      {hasNextPage && (
        <Button size="small" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('subjects.earlier')}
        </Button>
      )}
    </Panel>
  );
}

function Entry({ entry: { kind, at, actor, facts } }: { entry: TimelineEntry }) {
  const { t } = useTranslation();
  const policyName = usePolicyName();
  const { policy } = facts;
  const named = typeof policy === 'string' ? { ...facts, policy: policyName(policy) } : facts;
  return (
    <>
      <div>{t(`timeline.kinds.${kind}`, { ...named, defaultValue: t('subjects.happenedOtherwise') })}</div>
      <div className="secondary">
        <Time at={at} />
        {actor && ` · ${t('subjects.byName', { name: actor.name })}`}
      </div>
    </>
  );
}
