import { builtInFields } from '../schemas/built-in-fields.js';
import { eventSchemaOf, uuidPattern } from '../schemas/event-schemas.js';

const mostEvents = 1000;
const batchId = {
  type: 'string',
  pattern: uuidPattern,
  description: 'Made once per batch: sent again it is answered as the first time',
};

/** What a batch must look like to be looked at: each event is checked by itself, so that one cannot spoil the others. */
export const batchSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['batchId', 'events'],
  properties: { batchId, events: { type: 'array', minItems: 1, maxItems: mostEvents, items: {} } },
};

/** The same for readers of OpenAPI, with the events of every category that the product brings. Operators add more: `GET /telemetry/schemas`. */
export const publishedBatchSchema = {
  ...batchSchema,
  properties: {
    batchId,
    events: {
      type: 'array',
      minItems: 1,
      maxItems: mostEvents,
      items: { oneOf: Object.entries(builtInFields).map(([category, fields]) => eventSchemaOf(category, fields)) },
    },
  },
  example: {
    batchId: '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c3',
    events: [
      {
        eventId: '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c4',
        subjectId: '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c5',
        category: 'log.browsing',
        occurredAt: '2026-11-27T08:00:00Z',
        service: 'ticketing',
        means: 'app',
        attributes: { page: 'event.list', dwellMilliseconds: 5200 },
        personal: { contentId: 'concert-118' },
      },
    ],
  },
};
