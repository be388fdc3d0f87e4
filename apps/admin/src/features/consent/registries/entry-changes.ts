import type { LocalizedText } from '../../../api/types.js';
import { fieldsOf, rowsOf, saySame, type EventFieldRow, type EventFields } from './event-field-rows.js';
import { flagsOf, type Entry, type EntryFlag, type RegistryKind } from './registry-kinds.js';

interface Words {
  readonly 'zh-CN': string;
  readonly en: string;
}

/** What the form of an entry holds. */
export type EntryForm = {
  readonly code: string;
  readonly name: Words;
  readonly purpose: LocalizedText;
  readonly eventFields: readonly EventFieldRow[];
} & { readonly [Flag in EntryFlag]?: boolean };

/** What is sent to register or change an entry: what is left out stays as it is. */
export type EntryBody = Partial<Pick<EntryForm, 'name' | EntryFlag>> & {
  readonly purpose?: LocalizedText | null;
  readonly eventFields?: EventFields | null;
};

/** The form of an entry that is there, or of a new one. */
export function formOf(kind: RegistryKind, entry: Entry | null): EntryForm {
  const flags = flagsOf(kind).map((flag) => [flag, entry?.[flag] ?? false]);
  const words = { name: entry?.name ?? { 'zh-CN': '', en: '' }, purpose: entry?.purpose ?? {} };
  return { code: entry?.code ?? '', ...words, eventFields: rowsOf(entry?.eventFields), ...Object.fromEntries(flags) };
}

/** What a new entry says. */
export function bodyOf(kind: RegistryKind, form: EntryForm): EntryBody {
  const flags = kind.flags.map((flag) => [flag, form[flag] ?? false]);
  const eventFields = fieldsOf(form.eventFields);
  return {
    name: form.name,
    ...(kind.hasPurpose ? { purpose: purposeOf(form) } : {}),
    ...(kind.hasEventFields && eventFields ? { eventFields } : {}),
    ...Object.fromEntries(flags),
  };
}

/** Only what differs from the entry as it was read. */
export function changesOf(kind: RegistryKind, form: EntryForm, entry: Entry): EntryBody {
  const before = formOf(kind, entry);
  const flags = flagsOf(kind).flatMap((flag) => (form[flag] === before[flag] ? [] : [[flag, form[flag] ?? false]]));
  return {
    ...(sameWords(form.name, before.name) ? {} : { name: form.name }),
    ...(!kind.hasPurpose || sameWords(form.purpose, before.purpose) ? {} : { purpose: purposeOf(form) }),
    ...(!kind.hasEventFields || saySame(form.eventFields, before.eventFields)
      ? {}
      : { eventFields: fieldsOf(form.eventFields) }),
    ...Object.fromEntries(flags),
  };
}

/** Nothing in either language is no purpose. */
function purposeOf({ purpose }: EntryForm): LocalizedText | null {
  return purpose['zh-CN'] || purpose.en ? purpose : null;
}

function sameWords(a: LocalizedText, b: LocalizedText): boolean {
  return (a['zh-CN'] ?? '') === (b['zh-CN'] ?? '') && (a.en ?? '') === (b.en ?? '');
}
