import type { LineageTable } from '@abide/consent';
import type { SealedPart } from './reading/opened-events.js';

/** Where events are stored: habits go with the withdrawal itself. */
export const telemetryRows: LineageTable = {
  name: 'telemetry.events',
  id: 'event_id',
  sealed: 'personal',
  plain: { column: 'attributes', emptied: `'{}'`, joined: wholeEvent },
  module: 'telemetry',
  goneAtOnce: ['usage.habit'],
};

function wholeEvent(sealed: string | null, plain: unknown): string {
  const { personal, attributes } = (sealed === null ? { personal: {} } : JSON.parse(sealed)) as SealedPart;
  return JSON.stringify({ personal, attributes: { ...(plain as SealedPart['attributes']), ...attributes } });
}
