import { Flag, LocalizedText, Nested, OneOf, Text, Whole } from '@abide/platform';
import { withheldConsequences } from '@abide/rulebook';
import type { AskedField } from './registration-fields.service.js';

export class RegistrationFieldsQuery {
  @OneOf(['person', 'enterprise']) readonly kind: 'person' | 'enterprise' = 'person';
}

class FieldClause {
  @Text({ max: 60 }) readonly policy: string = '';
  @Whole({ min: 1, max: 1_000_000 }) readonly revision: number = 1;
  @Text({ max: 80 }) readonly clauseId: string = '';
  @Nested(() => LocalizedText) readonly heading: LocalizedText = new LocalizedText();
}

export class RegistrationFieldDto {
  @Text({
    max: 80,
    example: 'name',
    description: '`phone` and `email` are the identifier: one of them is given, and stands for the other',
  })
  readonly field: string = '';
  @Text({ max: 80, example: 'registration.name' }) readonly category: string = '';
  @Flag() readonly required: boolean = false;
  @OneOf(withheldConsequences, { optional: true, description: 'What follows where it is left out, as the clause says' })
  readonly ifWithheld?: string;
  @Nested(() => FieldClause) readonly clause: FieldClause = new FieldClause();
}

export function toRegistrationField({
  field,
  category,
  required,
  ifWithheld,
  clause,
}: AskedField): RegistrationFieldDto {
  return { field, category, required, clause, ...(ifWithheld === null ? {} : { ifWithheld }) };
}
