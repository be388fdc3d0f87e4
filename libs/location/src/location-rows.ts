import type { LineageTable } from '@abide/consent';

/** Where fixes are stored. */
export const locationRows: LineageTable = { name: 'location.fixes', id: 'fix_id', module: 'location', goneAtOnce: [] };
