import type { ReactNode } from 'react';
import type { CsvCell } from './csv.js';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly render: (row: Row) => ReactNode;
  /** What stands in the CSV; a column without it is left out there. */
  readonly csv?: (row: Row) => CsvCell;
  /** By what it can be ordered, while the whole list is on screen. */
  readonly sortBy?: (row: Row) => string | number;
  readonly width?: number | string;
  readonly align?: 'end';
  /** Holds sentences or lists, which break into lines instead of pushing what comes after off the page. */
  readonly wraps?: boolean;
  /** Breaks into lines earlier where the window is narrow, so that the list needs no scrolling. */
  readonly yields?: boolean;
  /** May not be hidden: the column that says which thing the row is. */
  readonly fixed?: boolean;
}
