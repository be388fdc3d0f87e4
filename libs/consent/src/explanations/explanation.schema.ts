import { decisionSchema, type DecisionRequest } from '../gate/decision.schema.js';

const { purposes: _several, ...properties } = decisionSchema.properties;

/** A decision request about one purpose and one category. */
export type ExplanationRequest = Omit<DecisionRequest, 'purpose' | 'purposes'> & { readonly purpose: string };

export const explanationSchema = {
  ...decisionSchema,
  required: ['subjectId', 'purpose', 'categories'],
  properties: { ...properties, categories: { ...properties.categories, maxItems: 1 } },
};
