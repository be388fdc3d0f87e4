export { newId, isId, nilId } from './ids.js';
export { Clock, SystemClock } from './clock.js';
export { DomainError, errorKinds, type DomainErrorDetails, type ErrorKind, type FieldError } from './domain-error.js';
export { hiddenCharacterIn, withHiddenWrittenOut, withoutHidden, withUnseenWrittenOut } from './hidden-characters.js';
export { type Page } from './page.js';
export { locales, preferredLocale, type Locale, type Localized } from './locales.js';
export { type ConsentChange, type DomainEvents, type EventName } from './events.js';
export { dayInMilliseconds } from './durations.js';
export { dayPattern, instantPattern } from './instants.js';
