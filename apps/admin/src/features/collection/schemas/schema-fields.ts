/** One field of an event, in what a JSON Schema says of it. */
export interface SchemaField {
  readonly name: string;
  readonly type: 'text' | 'oneOf' | 'whole' | 'number' | 'flag' | 'instant' | 'reference' | 'list' | 'byName';
  /** How many values it holds at most, where it holds several. */
  readonly most?: number;
  /** The most characters of a text, the words to choose from, or the range of a number. */
  readonly limits: string;
}

interface Property {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly items?: { readonly maxLength?: number };
  readonly additionalProperties?: { readonly maxLength?: number };
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** The fields of one part of an event, in the order of its schema. */
export function fieldsOf(schema: Readonly<Record<string, unknown>>, part: 'attributes' | 'personal'): SchemaField[] {
  const ofPart = (schema as ObjectSchema).properties?.[part] as ObjectSchema | undefined;
  return Object.entries(ofPart?.properties ?? {}).map(([name, property]) => fieldOf(name, property as Property));
}

function fieldOf(name: string, property: Property): SchemaField {
  const { type, enum: words, maxLength, minimum, maximum, pattern } = property;
  if (words) return { name, type: 'oneOf', limits: words.join(', ') };
  if (type === 'integer' || type === 'number')
    return { name, type: type === 'integer' ? 'whole' : 'number', limits: rangeOf(minimum, maximum) };
  if (type === 'array') return { name, type: 'list', ...severalOf(property.maxItems, property.items) };
  if (type === 'object')
    return { name, type: 'byName', ...severalOf(property.maxProperties, property.additionalProperties) };
  if (type === 'boolean') return { name, type: 'flag', limits: '' };
  const length = maxLength === undefined ? '' : `≤ ${maxLength}`;
  if (pattern?.startsWith('^[A-Za-z0-9]')) return { name, type: 'reference', limits: length };
  if (pattern) return { name, type: 'instant', limits: '' };
  return { name, type: 'text', limits: length };
}

function severalOf(
  most = 0,
  { maxLength = 0 }: { readonly maxLength?: number } = {},
): Pick<SchemaField, 'most' | 'limits'> {
  return { most, limits: `≤ ${maxLength}` };
}

/** An upper end that only keeps a number storable is left out. */
function rangeOf(minimum: number | undefined, maximum: number | undefined): string {
  const hasEnd = maximum !== undefined && maximum < 1_000_000;
  if (minimum === undefined) return hasEnd ? `≤ ${maximum}` : '';
  return hasEnd ? `${minimum} – ${maximum}` : `≥ ${minimum}`;
}
