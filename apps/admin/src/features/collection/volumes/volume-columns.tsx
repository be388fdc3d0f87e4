import { useTranslation } from 'react-i18next';
import type { Column } from '../../../ui/column.js';
import { DueNote } from '../../../ui/DueNote.js';
import { KeptFor } from '../../../ui/KeptFor.js';
import { Num } from '../../../ui/Num.js';
import { useRegistryNames } from '../../../ui/registry-names.js';
import { CategoryName } from '../CategoryName.js';
import type { Keeping, VolumeRow } from './volume-rows.js';
import css from '../collection.module.css';

/** What is stored, for whom and how long, and what came in. */
export function useVolumeColumns(): Column<VolumeRow>[] {
  const { t } = useTranslation();
  const { nameOf } = useRegistryNames();
  return [
    {
      key: 'category',
      title: t('collection.category'),
      fixed: true,
      render: (row) => <CategoryName {...row} />,
      csv: ({ category }) => category,
      sortBy: ({ category }) => nameOf('categories', category),
    },
    {
      key: 'stored',
      title: t('collection.volumes.stored'),
      render: (row) => <Stored row={row} />,
      csv: ({ stored }) => stored,
      sortBy: ({ stored }) => stored,
    },
    {
      key: 'services',
      title: t('collection.volumes.services'),
      render: (row) => <Services row={row} />,
      csv: ({ services }) => services.map(({ service, events }) => `${service} ${events}`).join('; '),
    },
    {
      key: 'sensitive',
      title: t('collection.volumes.sensitiveStored'),
      render: ({ sensitiveStored }) => <Num value={sensitiveStored} />,
      csv: ({ sensitiveStored }) => sensitiveStored,
      sortBy: ({ sensitiveStored }) => sensitiveStored,
      align: 'end',
    },
    {
      key: 'due',
      title: t('collection.volumes.due'),
      wraps: true,
      render: ({ due }) => (due ? <DueNote due={due} /> : <span aria-hidden>–</span>),
      csv: ({ due }) => due?.count ?? 0,
      sortBy: ({ due }) => due?.count ?? 0,
    },
    {
      key: 'accepted',
      title: t('collection.volumes.accepted'),
      render: ({ accepted }) => <Num value={accepted} />,
      csv: ({ accepted }) => accepted,
      sortBy: ({ accepted }) => accepted,
      align: 'end',
    },
    {
      key: 'refused',
      title: t('collection.volumes.refused'),
      render: ({ refused }) => <Num value={refused} />,
      csv: ({ refused }) => refused,
      sortBy: ({ refused }) => refused,
      align: 'end',
    },
    {
      key: 'kept',
      title: t('collection.volumes.kept'),
      render: (row) => <Keepings row={row} />,
      csv: ({ keepings }) => keepings.map((one) => (one ? csvOf(one) : '')).join('; '),
    },
  ];
}

function csvOf({ purposes, period, until, policy, revision, clauseId }: Keeping): string {
  return [purposes?.join('+'), period ?? until, policy, revision, clauseId]
    .filter((one) => one !== undefined)
    .join(' ');
}

/** How much, with a bar against the largest category. */
function Stored({ row: { stored, share } }: { row: VolumeRow }) {
  return (
    <div className={css['stored']}>
      <Num value={stored} />
      <span className={css['rail']} aria-hidden>
        {stored > 0 && <span className={css['bar']} style={{ width: `${share * 100}%` }} />}
      </span>
    </div>
  );
}

function Services({ row: { services } }: { row: VolumeRow }) {
  const { nameOf } = useRegistryNames();
  if (services.length === 0) return <span aria-hidden>–</span>;
  return (
    <div className={css['lines']}>
      {services.map(({ service, events }) => (
        <span key={service}>
          {nameOf('services', service)}
          {services.length > 1 && (
            <span className="secondary">
              {' '}
              <Num value={events} />
            </span>
          )}
        </span>
      ))}
    </div>
  );
}

function Keepings({ row: { keepings } }: { row: VolumeRow }) {
  if (keepings.length === 0) return <span aria-hidden>–</span>;
  return (
    <div className={css['kept']}>
      {keepings.map((keeping) => (
        <span key={JSON.stringify(keeping)}>
          <KeptFor keeping={keeping} />
        </span>
      ))}
    </div>
  );
}
