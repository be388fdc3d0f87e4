import { DownloadOutlined, SettingOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { csvOf, saveAsFile } from './csv.js';
import type { Column } from './column.js';
import { withHidden } from './list-state.js';
import type { SavedView } from './saved-views.js';
import { SavedViews } from './SavedViews.js';
import css from './DataTable.module.css';

interface Props<Row> {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  readonly shown: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly filters: ReactNode;
  readonly presets: readonly SavedView[] | undefined;
}

/** Above a list: its filters left, saved views, columns and CSV right. */
export function TableTools<Row>({ name, columns, shown, rows, filters, presets }: Props<Row>) {
  const { t } = useTranslation();
  const saveCsv = () => {
    const written = shown.flatMap((column) => (column.csv ? [{ title: column.title, cell: column.csv }] : []));
    const content = csvOf(
      written.map(({ title }) => title),
      rows.map((row) => written.map(({ cell }) => cell(row))),
    );
    saveAsFile(`${name}.csv`, content, 'text/csv;charset=utf-8');
  };
  return (
    <div className={css['tools']}>
      <div className={css['filters']}>{filters}</div>
      {filters && <SavedViews list={name} presets={presets} />}
      <Popover trigger="click" placement="bottomRight" content={<ColumnChoice columns={columns} shown={shown} />}>
        <Button icon={<SettingOutlined />} aria-label={t('ui.columns')} title={t('ui.columns')} />
      </Popover>
      <Button icon={<DownloadOutlined />} disabled={rows.length === 0} onClick={saveCsv} title={t('ui.csvHint')}>
        CSV
      </Button>
    </div>
  );
}

function ColumnChoice<Row>({ columns, shown }: Pick<Props<Row>, 'columns' | 'shown'>) {
  const [search, setSearch] = useSearchParams();
  const visible = new Set(shown.map(({ key }) => key));
  const toggle = (key: string) => {
    const hidden = columns.filter((column) => (column.key === key ? visible.has(key) : !visible.has(column.key)));
    setSearch(
      withHidden(
        search,
        hidden.map((column) => column.key),
      ),
      { replace: true },
    );
  };
  return (
    <div className={css['columns']}>
      {columns.map(({ key, title, fixed }) => (
        <Checkbox key={key} checked={visible.has(key)} disabled={fixed ?? false} onChange={() => toggle(key)}>
          {title}
        </Checkbox>
      ))}
    </div>
  );
}
