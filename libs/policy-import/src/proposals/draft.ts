import type { Evidence, PartialTerm } from '../document.js';
import { codesOf, type Found, type Said } from './said.js';

/** What a term cannot do without, by its type; a promise of keeping needs a period or an event. */
const needed: Readonly<Record<PartialTerm['type'], readonly string[]>> = {
  collection: ['categories', 'purposes', 'basis'],
  use: ['categories', 'purposes', 'basis'],
  crossServiceUse: ['categories', 'purposes', 'from', 'to', 'form', 'basis'],
  sharing: ['categories', 'recipients', 'purposes', 'basis'],
  retention: ['categories', 'period', 'then'],
  right: ['rights'],
  protection: ['measures'],
  minors: ['under', 'requires'],
  change: ['notice.leadDays', 'notice.channels', 'acceptance'],
  exclusion: ['scope'],
};

/** One member of a term with the words that say it. */
export interface Member {
  readonly field: string;
  readonly value: unknown;
  readonly found: readonly (Found | Words)[];
}

/** A place without a code, such as a number's. */
export interface Words {
  readonly start: number;
  readonly end: number;
  readonly paragraph: number;
}

/** A proposal before it has an id. */
export interface Draft {
  readonly said: Said;
  readonly type: PartialTerm['type'];
  readonly members: readonly Member[];
}

/** A member that holds codes; none where nothing was found. */
export function codes(field: string, found: readonly Found[]): Member[] {
  return found.length === 0 ? [] : [{ field, value: codesOf(found), found }];
}

/** A member that holds one of several words; none where the sentence says two of them. */
export function single(field: string, found: readonly Found[]): Member[] {
  const [value, ...others] = codesOf(found);
  return value === undefined || others.length > 0 ? [] : [{ field, value, found }];
}

export function termOf({ type, members }: Draft): PartialTerm {
  const term: Record<string, unknown> = { type };
  for (const { field, value } of members) {
    const [outer = field, inner] = field.split('.');
    if (inner === undefined) term[outer] = value;
    else term[outer] = { ...(term[outer] as object | undefined), [inner]: value };
  }
  return term as PartialTerm;
}

/** What a person must choose, since the words do not say it. */
export function openOf({ type, members }: Draft): string[] {
  return unsaid(
    type,
    members.map(({ field }) => field),
  );
}

/** What a term of this type cannot do without, beyond the members that are said; an event says what a period would. */
export function unsaid(type: PartialTerm['type'], members: readonly string[]): string[] {
  const said = new Set(members.map((field) => (field === 'until' ? 'period' : field)));
  return needed[type].filter((field) => !said.has(field));
}

export function evidenceOf({ said, members }: Draft): Evidence[] {
  const places = members.flatMap(({ field, found }) => found.flatMap((one) => placesOf(one, field, said.paragraph)));
  return [...new Map(places.map((place) => [Object.values(place).join('\0'), place])).values()];
}

function placesOf(one: Found | Words, field: string, paragraph: number): Evidence[] {
  const elsewhere = one.paragraph === paragraph ? {} : { paragraph: one.paragraph };
  if (!('pieces' in one)) return [{ start: one.start, end: one.end, field, ...elsewhere }];
  return one.pieces.map(({ start, end }) => ({ start, end, field, code: one.code, ...elsewhere }));
}
