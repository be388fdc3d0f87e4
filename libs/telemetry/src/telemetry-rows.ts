import type { LineageTable } from '@abide/consent';

/** Where events are stored: habits go with the withdrawal itself. */
export const telemetryRows: LineageTable = {
  name: 'telemetry.events',
  id: 'event_id',
  module: 'telemetry',
  goneAtOnce: ['usage.habit'],
};
