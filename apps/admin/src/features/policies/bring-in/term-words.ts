import { describeTerm, durationWords, labelOf, type PromisedChannel, type Term } from '@abide/rulebook';
import type { Locale } from '../../../api/types.js';
import { localized } from '../../../i18n/language.js';
import { fieldValue, termFields, withField, type TermField } from '../editor/term-fields.js';
import type { Registries } from '../registry.queries.js';

const unsaid = '…';

/** What a term says in one sentence, with three dots for what it does not say; null where no sentence can be made of it. */
export function sentenceSoFar(term: Term, { catalogue }: Registries, locale: Locale): string | null {
  try {
    const whole = missingFields(term).reduce(
      (filled, field) => withField(filled, field.path, isList(field) ? [unsaid] : unsaid),
      term,
    );
    return describeTerm(whole, locale, catalogue);
  } catch {
    return null;
  }
}

/** The members that a term cannot do without and that this one does not say. */
export function missingFields(term: Term): readonly TermField[] {
  return termFields[term.type].filter(
    (field) => (field.required === true || isEitherOr(term, field)) && fieldValue(term, field.path) === undefined,
  );
}

/** The values of a member by the names that people know them by; none where its sentence says it best. */
export function valueNames(field: TermField, value: unknown, registries: Registries, locale: Locale): string[] {
  switch (field.input) {
    case 'catalogue':
      return listOf(value).map((code) => catalogueName(registries, field.from, code, locale));
    case 'choice':
    case 'choices':
      return listOf(value).map((code) => labelOf(field.group, code, locale));
    case 'regions':
      return listOf(value).map((code) => new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code);
    case 'duration':
      return [durationWords(String(value), locale)];
    case 'whole':
      return [String(value)];
    case 'channels':
      return (value as readonly PromisedChannel[])
        .flatMap((one) => (typeof one === 'string' ? [one] : one.anyOf))
        .map((code) => labelOf('channel', code, locale));
    default:
      return [];
  }
}

/** A retention says either how long or until when. */
function isEitherOr(term: Term, { path }: TermField): boolean {
  return term.type === 'retention' && path[0] === 'period' && term.until === undefined;
}

function isList({ input }: TermField): boolean {
  return input === 'catalogue' || input === 'choices' || input === 'regions' || input === 'channels';
}

function catalogueName(
  { named }: Registries,
  from: (TermField & { readonly input: 'catalogue' })['from'],
  code: string,
  locale: Locale,
): string {
  const known = {
    categories: named.categories,
    purposes: named.purposes,
    services: named.services,
    recipients: named.recipients,
    thirdPartyServices: named['third-party-services'],
  }[from];
  const bare = code.replace(/^recipient:/, '');
  const entry = known.find((one) => (one.code ?? one.slug) === bare);
  if (entry) return localized(entry.name, locale);
  return from === 'recipients' ? labelOf('recipientKind', code, locale) : code;
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [String(value)];
}
