import { instantPattern } from '@abide/kernel';
import { sources } from './fix.js';

const mostFixes = 1000;
const uuid = { type: 'string', pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' };
const batchId = { ...uuid, description: 'Made once per batch: sent again it is answered as the first time' };
const instant = { type: 'string', pattern: instantPattern };
const service = { type: 'string', maxLength: 80, pattern: '^[a-z][A-Za-z0-9]*([.-][A-Za-z0-9]+)*$' };

/** The shape of one fix; whether the place is one at all is judged apart, with a code of its own. */
export const fixSchema = {
  type: 'object',
  title: 'Fix',
  additionalProperties: false,
  required: ['fixId', 'subjectId', 'occurredAt', 'latitude', 'longitude', 'accuracyMetres', 'source', 'service'],
  properties: {
    fixId: { ...uuid, description: 'Made once, where the fix was taken; sent again it is stored once' },
    subjectId: uuid,
    occurredAt: { ...instant, description: 'When it was taken: at most 7 days ago, and while positioning was on' },
    latitude: { type: 'number' },
    longitude: { type: 'number' },
    accuracyMetres: { type: 'number' },
    source: { type: 'string', enum: [...sources] },
    service,
  },
};

const { properties } = fixSchema;
const publishedFix = {
  ...fixSchema,
  properties: {
    ...properties,
    latitude: { type: 'number', minimum: -90, maximum: 90, description: 'Degrees, WGS 84' },
    longitude: { type: 'number', minimum: -180, maximum: 180 },
    accuracyMetres: {
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 100_000,
      description: 'The radius that the device believes it is within',
    },
  },
};

/** What a batch must look like to be looked at: each fix is checked by itself, so that one cannot spoil the others. */
export const batchSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['batchId', 'fixes'],
  properties: { batchId, fixes: { type: 'array', minItems: 1, maxItems: mostFixes, items: {} } },
};

/** The same for readers of OpenAPI, with the shape of a fix. */
export const publishedBatchSchema = {
  ...batchSchema,
  properties: { batchId, fixes: { type: 'array', minItems: 1, maxItems: mostFixes, items: publishedFix } },
  example: {
    batchId: '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c3',
    fixes: [
      {
        fixId: '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c4',
        subjectId: '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c5',
        occurredAt: '2026-11-27T08:00:00Z',
        latitude: 30.2489,
        longitude: 120.2052,
        accuracyMetres: 12,
        source: 'gps',
        service: 'ticketing',
      },
    ],
  },
};
