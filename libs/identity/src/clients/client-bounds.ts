import type { Localized } from '@abide/kernel';
import { openingScopes, type Scope } from './scopes.js';

/** What a client is for. Null: unbounded, as clients were that were made before there were bounds. */
export interface ClientReach {
  readonly scopes: readonly Scope[];
  readonly purposes: readonly string[] | null;
  readonly services: readonly string[] | null;
}

/** Whether a client could do anything with `after` that it could not do with `before`. */
export function widens(before: ClientReach, after: ClientReach): boolean {
  return (
    after.scopes.some((scope) => !before.scopes.includes(scope)) ||
    reachesFurther(before.purposes, after.purposes) ||
    reachesFurther(before.services, after.services)
  );
}

function reachesFurther(before: readonly string[] | null, after: readonly string[] | null): boolean {
  if (before === null) return false;
  return after === null || after.some((code) => !before.includes(code));
}

/** What purposes and services are called, by code. */
export interface CodeNames {
  readonly purposes: ReadonlyMap<string, Localized>;
  readonly services: ReadonlyMap<string, Localized>;
}

/** A sentence for each scope that opens personal data: what the client could do, what for and in which services. */
export function opensWords({ scopes, purposes, services }: ClientReach, names: CodeNames): Localized[] {
  const [whatFor, where] = [listed(purposes, names.purposes), listed(services, names.services)];
  return scopes.flatMap((scope) => {
    const opens = openingScopes[scope];
    if (!opens) return [];
    const inEnglish = `${where ? ` in ${where.en}` : ' in every service'}${whatFor ? ` for ${whatFor.en}` : ' for every purpose'}`;
    const inChinese = `${where ? `在${where['zh-CN']}中` : '在所有服务中'}${whatFor ? `为${whatFor['zh-CN']}` : '为任何目的'}`;
    return [{ 'zh-CN': `可${inChinese}${opens['zh-CN']}。`, en: `May ${opens.en}${inEnglish}.` }];
  });
}

function listed(codes: readonly string[] | null, names: ReadonlyMap<string, Localized>): Localized | null {
  if (codes === null) return null;
  const words = codes.map((code) => names.get(code) ?? { 'zh-CN': code, en: code });
  const join = (locale: keyof Localized) =>
    new Intl.ListFormat(locale, { type: 'conjunction' }).format(words.map((word) => word[locale]));
  return { 'zh-CN': join('zh-CN'), en: join('en') };
}
