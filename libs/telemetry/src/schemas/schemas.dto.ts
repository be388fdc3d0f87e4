import { Flag, JsonObject, ListOf, Text } from '@abide/platform';
import type { RulebookInForce } from '@abide/policy';
import { builtInFields } from './built-in-fields.js';
import { eventSchemaOf, fieldsOf } from './event-schemas.js';

class CategorySchemaDto {
  @Text({ max: 100, example: 'log.browsing' }) readonly category: string = '';
  @Flag({ description: 'The category is sensitive' }) readonly sensitive: boolean = false;
  @Flag({ description: 'The product brings its fields; others are an operator’s' }) readonly builtIn: boolean = false;
  @JsonObject({
    description: 'JSON Schema of one event',
    example: {
      type: 'object',
      title: 'log.cookie',
      properties: { attributes: { type: 'object', properties: { name: { type: 'string', maxLength: 100 } } } },
    },
  })
  readonly schema: Readonly<Record<string, unknown>> = {};
}

export class SchemasResponse {
  @ListOf(() => CategorySchemaDto, { max: 5000, description: 'By the name of the category' })
  readonly items: readonly CategorySchemaDto[] = [];
}

/** Of the registered categories, those that anybody says the fields of. */
export function toSchemas({
  registry,
  eventFields,
}: Pick<RulebookInForce, 'registry' | 'eventFields'>): SchemasResponse {
  const items = registry.catalogue.categories.flatMap(({ code, isSensitive, isLocation }) => {
    const fields = isLocation ? null : fieldsOf(code, eventFields.get(code));
    return fields
      ? [
          {
            category: code,
            sensitive: isSensitive,
            builtIn: code in builtInFields,
            schema: eventSchemaOf(code, fields),
          },
        ]
      : [];
  });
  return { items: items.sort((one, other) => (one.category < other.category ? -1 : 1)) };
}
