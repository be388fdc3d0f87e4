import type { LineageTable } from '@abide/consent';

/** Where fixes are stored. */
export const locationRows: LineageTable = {
  name: 'location.fixes',
  id: 'fix_id',
  sealed: 'place',
  plain: { column: 'coarse_cell', emptied: `''` },
  module: 'location',
  goneAtOnce: [],
};
