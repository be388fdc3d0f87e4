import { Button, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../../ui/column.js';
import { Time } from '../../../ui/Time.js';
import { rowsOf } from './event-field-rows.js';
import { flagsOf, type Entry, type RegistryKind } from './registry-kinds.js';
import css from './registries.module.css';

/** The columns of a registry; `change` opens an entry, null where this operator may not. */
export function useEntryColumns(kind: RegistryKind, change: ((code: string) => void) | null): Column<Entry>[] {
  const { t } = useTranslation();
  const originOf = (entry: Entry) => t(entry.seed ? 'consent.origins.product' : 'consent.origins.here');
  return [
    {
      key: 'code',
      title: t('consent.code'),
      fixed: true,
      render: (row) => <span className="code">{row.code}</span>,
      csv: (row) => row.code,
      sortBy: (row) => row.code,
    },
    {
      key: 'zh-CN',
      title: t('consent.names.zh-CN'),
      render: (row) => (
        <span lang="zh-CN" className={css['name']}>
          {row.name['zh-CN']}
        </span>
      ),
      csv: (row) => row.name['zh-CN'],
      sortBy: (row) => row.name['zh-CN'],
    },
    {
      key: 'en',
      title: t('consent.names.en'),
      render: (row) => (
        <span lang="en" className={css['name']}>
          {row.name.en}
        </span>
      ),
      csv: (row) => row.name.en,
      sortBy: (row) => row.name.en,
    },
    ...flagsOf(kind).map((flag): Column<Entry> => ({
      key: flag,
      title: t(`consent.flags.${flag}`),
      render: (row) => (
        <Flag
          isSet={row[flag] ?? false}
          word={t(`consent.flagged.${flag}`)}
          other={flag === 'active' ? t('consent.notActive') : null}
        />
      ),
      csv: (row) => row[flag],
      sortBy: (row) => (row[flag] ? 0 : 1),
    })),
    ...(kind.hasEventFields
      ? [
          {
            key: 'eventFields',
            title: t('consent.eventFields.title'),
            render: (row: Entry) => <EventFieldNames entry={row} />,
            csv: namesOf,
          },
        ]
      : []),
    ...(kind.hasSeed
      ? [
          {
            key: 'origin',
            title: t('consent.origin'),
            render: (row: Entry) => <Tag>{originOf(row)}</Tag>,
            csv: originOf,
            sortBy: originOf,
          },
        ]
      : []),
    {
      key: 'updatedAt',
      title: t('consent.updatedAt'),
      render: (row) => <Time at={row.updatedAt} />,
      csv: (row) => row.updatedAt,
      sortBy: (row) => row.updatedAt,
    },
    ...(change
      ? [{ key: 'acts', title: t('ui.acts'), render: (row: Entry) => <ChangeButton entry={row} change={change} /> }]
      : []),
  ];
}

/** A flag that is set, in its word; unset, a dash or the word for that. */
function Flag({ isSet, word, other }: { isSet: boolean; word: string; other: string | null }) {
  const { t } = useTranslation();
  if (isSet) return <Tag color={other === null ? 'warning' : 'success'}>{word}</Tag>;
  if (other !== null) return <Tag>{other}</Tag>;
  return (
    <>
      <span aria-hidden>–</span>
      <span className="visually-hidden">{t('consent.no')}</span>
    </>
  );
}

/** What the events of a category may hold: the names, the sealed ones said to be so. */
function EventFieldNames({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const rows = rowsOf(entry.eventFields);
  if (rows.length === 0) return <span className="secondary">{t('consent.eventFields.none')}</span>;
  return (
    <div className={`code ${css['fieldNames']}`}>
      {rows.map(({ name, isSealed }) => (
        <span key={`${name} ${isSealed}`}>
          {name}
          {isSealed && <span className="secondary"> ({t('consent.eventFields.sealed')})</span>}
        </span>
      ))}
    </div>
  );
}

function namesOf(entry: Entry): string {
  return rowsOf(entry.eventFields)
    .map(({ name }) => name)
    .join(' ');
}

function ChangeButton({ entry, change }: { entry: Entry; change: (code: string) => void }) {
  const { t } = useTranslation();
  return (
    <Button size="small" aria-label={t('consent.changeEntry', { code: entry.code })} onClick={() => change(entry.code)}>
      {t('settings.change')}
    </Button>
  );
}
