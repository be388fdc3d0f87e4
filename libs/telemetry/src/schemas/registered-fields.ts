import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { FieldError } from '@abide/kernel';
import { Registries, type EventField, type EventFields } from '@abide/policy';
import { isSealedByProduct } from './event-schemas.js';
import { isIdentifying } from './identifying.rules.js';

type Fields = Readonly<Record<string, EventField>>;

/** Looks at the fields that operators register for events before they are kept, as the door looks at events. */
@Injectable()
export class RegisteredFields implements OnModuleInit {
  constructor(private readonly registries: Registries) {}

  onModuleInit(): void {
    this.registries.checkEventFieldsWith(registeredFieldErrors);
  }
}

/** What the product seals is never in plain, and no list names what tells a person: schemas are public. */
export function registeredFieldErrors(category: string, { attributes = {}, personal = {} }: EventFields): FieldError[] {
  const sealed = Object.keys(attributes).filter((name) => isSealedByProduct(category, name));
  return [
    ...sealed.map((name) => ({
      pointer: `/eventFields/attributes/${name}`,
      code: 'sealed',
      message: 'is sealed by the product and cannot be kept in plain',
    })),
    ...valueErrors(attributes, '/eventFields/attributes'),
    ...valueErrors(personal, '/eventFields/personal'),
  ];
}

function valueErrors(fields: Fields, pointer: string): FieldError[] {
  const identifying = Object.entries(fields).filter(([name, { enum: values = [] }]) =>
    values.some((value) => isIdentifying(name, value)),
  );
  return identifying.map(([name]) => ({
    pointer: `${pointer}/${name}/enum`,
    code: 'identifying',
    message: 'lists what looks as if it told a person, a device or a place',
  }));
}
