import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Skeleton, Table, type TableColumnType } from 'antd';
import type { TFunction } from 'i18next';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { List } from '../api/types.js';
import { EmptyState } from './EmptyState.js';
import { ErrorState } from './ErrorState.js';
import { OutsideMeasuring } from './OutsideMeasuring.js';
import { readListState, withNextSort, type ListState } from './list-state.js';
import { sortedRows } from './sort-rows.js';
import { TableFooter } from './TableFooter.js';
import { TableTools } from './TableTools.js';
import type { SavedView } from './saved-views.js';
import { useRowKeys, type RowKeys } from './use-row-keys.js';
import css from './DataTable.module.css';
import type { Column } from './column.js';

export interface PageAsked {
  readonly filters: Readonly<Record<string, string>>;
  readonly cursor: string | null;
  readonly signal: AbortSignal;
}

/** The column of what can be done with a row: it stays in view however wide the list is. */
const actsKey = 'acts';

const onlyWhenAsked = { staleTime: Infinity, gcTime: 0 };

interface Props<Row> {
  /** Names the list in the CSV's file name and in saved views. */
  readonly name: string;
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly queryKey: readonly unknown[];
  readonly load: (asked: PageAsked) => Promise<List<Row>>;
  readonly filterNames?: readonly string[];
  readonly filters?: ReactNode;
  readonly empty: { readonly text: string; readonly action?: ReactNode };
  /** Each load leaves evidence: it is asked for when the person asks, never by itself again, and nothing of it is kept. */
  readonly isLook?: boolean;
  /** Views that everybody has, before those of their own. */
  readonly presets?: readonly SavedView[];
  /** What single keys do with the row that has the focus; with them `j` and `k` go from row to row, and `x` selects where rows can be. */
  readonly keys?: RowKeys<Row>;
  readonly selection?: Selection;
}

/** Which rows are selected, by their key; also such as are on another page. */
export interface Selection {
  readonly selected: readonly string[];
  readonly select: (keys: readonly string[]) => void;
}

/** The one list: filters, order, columns and page live in the address; keyset pages; CSV of the rows on screen. */
export function DataTable<Row extends object>({
  name,
  label,
  columns,
  rowKey,
  queryKey,
  load,
  filterNames = [],
  filters,
  empty,
  isLook = false,
  presets,
  keys,
  selection,
}: Props<Row>) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const state = readListState(search, filterNames);
  const page = useQuery({
    queryKey: [...queryKey, state.filters, state.cursor],
    queryFn: ({ signal }) => load({ filters: state.filters, cursor: state.cursor, signal }),
    placeholderData: keepPreviousData,
    ...(isLook ? onlyWhenAsked : {}),
  });

  const items = page.data?.items ?? [];
  const whole = !state.cursor && !page.data?.nextCursor;
  const rows = whole ? sortedRows(items, columns, state.sort) : items;
  const shown = columns.filter(({ key, fixed }) => fixed || !state.hidden.includes(key));
  const filtered = Object.keys(state.filters).length > 0;
  const list = useRef<HTMLElement>(null);
  useRowKeys(list, { rows, rowKey, keys: keys && { ...keys, ...selectionKey(rowKey, selection) } });

  return (
    <section ref={list} className={css['list']} aria-label={label}>
      <TableTools name={name} columns={columns} shown={shown} rows={rows} filters={filters} presets={presets} />
      {page.isError ? (
        <ErrorState error={page.error} retry={() => void page.refetch()} />
      ) : (
        <Table<Row>
          size="small"
          className={page.isPlaceholderData ? (css['stale'] ?? '') : ''}
          columns={shown.map((column) => tableColumn(column, whole ? state : null, page.isPending))}
          dataSource={page.isPending ? skeletonRows<Row>() : [...rows]}
          rowKey={(row) => ('skeleton' in row ? String(row.skeleton) : rowKey(row))}
          pagination={false}
          {...(selection && !page.isPending
            ? { rowSelection: { selectedRowKeys: [...selection.selected], ...selecting(selection, t) } }
            : {})}
          scroll={{ x: 'max-content' }}
          showSorterTooltip={false}
          onChange={(_pages, _filters, _sorter, { action }) =>
            action === 'sort' && clickedKey(_sorter) && setSearch(withNextSort(search, clickedKey(_sorter)))
          }
          locale={{
            emptyText: filtered ? (
              <EmptyState text={t('ui.nothingMatches')} action={<ClearFilters />} />
            ) : (
              <EmptyState {...empty} />
            ),
          }}
        />
      )}
      {page.data && (
        <TableFooter count={items.length} nextCursor={page.data.nextCursor ?? null} cursor={state.cursor} />
      )}
    </section>
  );
}

function selecting({ select }: Selection, t: TFunction) {
  return {
    preserveSelectedRowKeys: true,
    onChange: (keys: readonly unknown[]) => select(keys.map(String)),
    getTitleCheckboxProps: () => ({ 'aria-label': t('ui.selectAll') }),
    getCheckboxProps: () => ({ 'aria-label': t('ui.selectRow') }),
    columnTitle: (checkbox: ReactNode) => <OutsideMeasuring>{checkbox}</OutsideMeasuring>,
  };
}

function selectionKey<Row>(rowKey: (row: Row) => string, selection: Selection | undefined): RowKeys<Row> {
  if (!selection) return {};
  const { selected, select } = selection;
  const toggle = (key: string) =>
    select(selected.includes(key) ? selected.filter((one) => one !== key) : [...selected, key]);
  return { x: (row) => toggle(rowKey(row)) };
}

function ClearFilters() {
  const { t } = useTranslation();
  const [, setSearch] = useSearchParams();
  return (
    <button type="button" className={css['plain']} onClick={() => setSearch({})}>
      {t('ui.clearFilters')}
    </button>
  );
}

function tableColumn<Row extends object>(
  column: Column<Row>,
  sortable: ListState | null,
  pending: boolean,
): TableColumnType<Row> {
  const direction = sortable?.sort?.key === column.key ? sortable.sort.direction : null;
  return {
    key: column.key,
    title: column.title,
    ...(column.width ? { width: column.width } : {}),
    ...(column.align ? { align: column.align } : {}),
    ...(column.key === actsKey ? { fixed: 'right' as const } : {}),
    ...(sortable && column.sortBy
      ? { sorter: true, sortOrder: direction === 'ascending' ? 'ascend' : direction && 'descend' }
      : {}),
    render: (_value, row) =>
      pending ? (
        <Skeleton.Input active size="small" block />
      ) : column.wraps || column.yields ? (
        <div className={css[column.yields ? 'yielding' : 'wrapped']}>{column.render(row)}</div>
      ) : (
        column.render(row)
      ),
  };
}

function clickedKey(sorter: unknown): string {
  return typeof sorter === 'object' && sorter !== null && 'columnKey' in sorter ? String(sorter.columnKey) : '';
}

function skeletonRows<Row>(): Row[] {
  return Array.from({ length: 6 }, (_none, index) => ({ skeleton: `skeleton-${index}` }) as Row);
}
