import type { Localized } from '@abide/kernel';

/** What a service client may be allowed to do; a route asks for each, or the API does not start. */
export const scopes = [
  'decisions:read',
  'telemetry:write',
  'telemetry:read',
  'location:write',
  'location:read',
  'disclosures:write',
  'policies:write',
] as const;
export type Scope = (typeof scopes)[number];

/** Given to clients already, while their routes are not there yet. */
export const scopesToCome: readonly Scope[] = ['disclosures:write'];

/** The scopes that open or release personal data, with what they open. */
export const openingScopes: Readonly<Partial<Record<Scope, Localized>>> = {
  'telemetry:read': { 'zh-CN': '读取用户的行为记录', en: 'read the events of people' },
  'location:read': { 'zh-CN': '读取用户的位置', en: 'read where people were' },
  'disclosures:write': { 'zh-CN': '向接收方提供个人信息', en: 'release personal data to recipients' },
};

/** Whether somebody with these scopes gets at personal data. */
export function openData(held: readonly Scope[]): boolean {
  return held.some((scope) => scope in openingScopes);
}
