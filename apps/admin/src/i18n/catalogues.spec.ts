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

/** The names of the values in a text, whatever their order; those of all its plural forms together. */
function valuesByKey(catalogue: Catalogue): ReadonlyMap<string, string> {
  const texts = textsOf(catalogue);
  const found = Map.groupBy(keysOf(catalogue).entries(), ([, key]) => withoutPlural(key));
  return new Map(
    [...found].map(([key, places]) => {
      const text = places.map(([index]) => texts[index]).join(' ');
      const names = [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name);
      return [key, [...new Set(names)].toSorted().join()];
    }),
  );
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
    const inEnglish = valuesByKey(en);
    const inChinese = valuesByKey(zhCN);
    expect([...english].filter((key) => inEnglish.get(key) !== inChinese.get(key))).toEqual([]);
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
