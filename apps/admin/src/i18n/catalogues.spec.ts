import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { catalogueOf, type Catalogue } from './catalogue.testing.js';

const en = await catalogueOf('en');
const zhCN = await catalogueOf('zh-CN');

function keysOf(catalogue: Catalogue, prefix = ''): string[] {
  return Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : keysOf(value, `${prefix}${key}.`),
  );
}

function textsOf(catalogue: Catalogue): string[] {
  return Object.values(catalogue).flatMap((value) => (typeof value === 'string' ? [value] : textsOf(value)));
}

/** Languages differ in their plural forms, so a key counts once for all of them. */
const withoutPlural = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '');

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.spec\.ts$|^i18n\//.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** Every permission that a role may hold, as the API documents it. */
function documentedPermissions(): readonly string[] {
  const document = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../../../libs/client/openapi.json'), 'utf8'),
  ) as {
    components: { schemas: { RoleResponse: { properties: { permissions: { items: { enum: string[] } } } } } };
  };
  return document.components.schemas.RoleResponse.properties.permissions.items.enum;
}

const english = new Set(keysOf(en).map(withoutPlural));
const chinese = new Set(keysOf(zhCN).map(withoutPlural));
const sources = sourcesIn(join(import.meta.dirname, '..'));

describe('the catalogues of the console', () => {
  it('say the same things in Chinese and in English', () => {
    expect([...chinese].filter((key) => !english.has(key))).toEqual([]);
    expect([...english].filter((key) => !chinese.has(key))).toEqual([]);
  });

  it('have every text that the pages ask for', () => {
    const asked = sources.flatMap((source) => [...source.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key]) => key ?? ''));
    expect(asked.length).toBeGreaterThan(50);
    expect(asked.filter((key) => !english.has(key))).toEqual([]);
  });

  it('have a text for every key that is put together while running', () => {
    const prefixes = sources.flatMap((source) =>
      [...source.matchAll(/\bt\(\s*`([^`$]+)\$\{/g)].map(([, prefix]) => prefix ?? ''),
    );
    expect(prefixes.filter((prefix) => ![...english].some((key) => key.startsWith(prefix)))).toEqual([]);
  });

  it('name the same values in both languages', () => {
    const valuesOf = (catalogue: Catalogue, key: string) => {
      const found = keysOf(catalogue).filter((one) => withoutPlural(one) === key);
      const text = found
        .map((one) =>
          one
            .split('.')
            .reduce<string | Catalogue>((at, part) => (typeof at === 'string' ? at : (at[part] ?? '')), catalogue),
        )
        .join(' ');
      return [...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name))].toSorted();
    };
    expect([...english].filter((key) => valuesOf(en, key).join() !== valuesOf(zhCN, key).join())).toEqual([]);
  });

  it('name every permission of a role', () => {
    const permissions = documentedPermissions();
    expect(permissions).toContain('consent.remind');
    expect(
      permissions.filter(
        (permission) =>
          !english.has(`settings.permissions.${permission}`) || !chinese.has(`settings.permissions.${permission}`),
      ),
    ).toEqual([]);
  });

  it('never raise their voice', () => {
    expect([...textsOf(en), ...textsOf(zhCN)].filter((text) => /[!！]/.test(text))).toEqual([]);
  });
});
