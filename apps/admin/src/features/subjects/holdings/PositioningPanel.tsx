import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Skeleton, Tag, Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../ui/EmptyState.js';
import { ErrorState } from '../../../ui/ErrorState.js';
import { Panel } from '../../../ui/Panel.js';
import { Time } from '../../../ui/Time.js';
import { positioningQuery } from './holdings.queries.js';

/** Whether the subject has positioning on, and every turn of the switch, newest first. */
export function PositioningPanel({ subjectId }: { subjectId: string }) {
  const { t } = useTranslation();
  const positioning = useInfiniteQuery(positioningQuery(subjectId));
  const [newest] = positioning.data?.pages ?? [];
  const turns = positioning.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Panel
      title={t('holdings.positioning')}
      note={t('holdings.positioningNote')}
      extra={newest && <SwitchTag on={newest.on} />}
    >
      {positioning.isPending && <Skeleton active paragraph={{ rows: 2 }} />}
      {positioning.isError && <ErrorState error={positioning.error} retry={() => void positioning.refetch()} />}
      {newest && turns.length === 0 && <EmptyState text={t('holdings.neverSwitched')} />}
      {turns.length > 0 && (
        <Timeline
          items={turns.map(({ on, at }) => ({
            key: at,
            color: on ? 'green' : 'gray',
            content: <Turn on={on} at={at} />,
          }))}
        />
      )}
      {positioning.hasNextPage && (
        <Button loading={positioning.isFetchingNextPage} onClick={() => void positioning.fetchNextPage()}>
          {t('holdings.older')}
        </Button>
      )}
    </Panel>
  );
}

function SwitchTag({ on }: { on: boolean }) {
  const { t } = useTranslation();
  return <Tag color={on ? 'success' : 'default'}>{t(on ? 'holdings.on' : 'holdings.off')}</Tag>;
}

function Turn({ on, at }: { on: boolean; at: string }) {
  const { t } = useTranslation();
  return (
    <>
      {t(on ? 'holdings.switchedOn' : 'holdings.switchedOff')} ·{' '}
      <span className="secondary">
        <Time at={at} />
      </span>
    </>
  );
}
