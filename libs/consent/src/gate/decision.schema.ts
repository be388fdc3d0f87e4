import { instantPattern } from '@abide/kernel';
import { crossServiceData, crossServiceForms, storages } from '@abide/rulebook';

const code = { type: 'string', minLength: 1, maxLength: 100, pattern: '^[^\\u0000]*$' };
const instant = { type: 'string', pattern: instantPattern };

/** One question to the gate, as it stands on the wire. */
export interface DecisionRequest {
  readonly subjectId: string;
  readonly action?: 'collect' | 'use' | 'share';
  readonly purpose?: string;
  readonly purposes?: readonly string[];
  readonly categories: readonly string[];
  readonly service?: string;
  readonly fromService?: string;
  readonly form?: (typeof crossServiceForms)[number];
  readonly data?: (typeof crossServiceData)[number];
  readonly groupSize?: number;
  readonly recipientId?: string;
  readonly region?: string;
  readonly thirdPartyService?: string;
  readonly storage?: (typeof storages)[number];
  readonly occurredAt?: string;
  readonly at?: string;
}

export const decisionSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['subjectId', 'categories'],
  properties: {
    subjectId: { type: 'string', pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' },
    action: {
      type: 'string',
      enum: ['collect', 'use', 'share'],
      description: 'use when left out, share with a recipient',
    },
    purpose: { ...code, description: 'Needed, except to collect', examples: ['advertising.relevant'] },
    purposes: {
      type: 'array',
      maxItems: 50,
      items: code,
      description: 'To collect: at least one of them must allow it',
    },
    categories: { type: 'array', minItems: 1, maxItems: 100, items: code, examples: [['log.browsing']] },
    service: code,
    fromService: { ...code, description: 'Another one than service: a use across services' },
    form: { type: 'string', enum: [...crossServiceForms] },
    data: { type: 'string', enum: [...crossServiceData] },
    groupSize: { type: 'integer', minimum: 0, maximum: 1_000_000_000 },
    recipientId: { ...code, description: 'The id or the slug of a recipient' },
    region: { ...code, maxLength: 10 },
    thirdPartyService: code,
    storage: {
      type: 'string',
      enum: [...storages],
      description:
        'To collect or use: it is read on the device, and nothing of it is sent. Left out, the question is whether it may be stored',
    },
    occurredAt: { ...instant, description: 'When the datum came about' },
    at: { ...instant, description: 'A past instant: what was in force and known then' },
  },
};

export const decisionBatchSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['items'],
  properties: { items: { type: 'array', minItems: 1, maxItems: 1000, items: decisionSchema } },
};
