import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { refusalCodes } from '@abide/rulebook';
import { catalogueOf } from './catalogue.testing.js';

const en = await catalogueOf('en');
const zhCN = await catalogueOf('zh-CN');

interface Documented {
  readonly paths: Record<string, Record<string, { responses?: Record<string, { description?: string }> }>>;
}

const document = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../../libs/client/openapi.json'), 'utf8'),
) as Documented;

/** The codes that the routes of the console say they refuse with: `` `policy.wrong_state` `` in the descriptions of their answers. */
function documentedCodes(): string[] {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    /^\/api\/v1\/(operator|dev)\//.test(path) ? Object.values(methods) : [],
  );
  const descriptions = operations.flatMap(({ responses = {} }) =>
    Object.entries(responses).flatMap(([status, { description = '' }]) => (status >= '400' ? [description] : [])),
  );
  return [
    ...new Set(
      descriptions.flatMap((text) => [...text.matchAll(/`([a-z]+\.[A-Za-z_]+)`/g)].map(([, code]) => code ?? '')),
    ),
  ].toSorted();
}

function textOf(texts: unknown, key: string): unknown {
  return key
    .split('.')
    .reduce<unknown>(
      (at, part) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined),
      texts,
    );
}

describe('a refusal', () => {
  const codes = documentedCodes();

  it('has a sentence of its own in both languages, whatever its code', () => {
    expect(codes.length).toBeGreaterThan(30);
    expect(codes.filter((code) => typeof textOf(en, `problems.${code}`) !== 'string')).toEqual([]);
    expect(codes.filter((code) => typeof textOf(zhCN, `problems.${code}`) !== 'string')).toEqual([]);
  });
});

describe('a refused decision', () => {
  it('has a word and a reason in both languages, whatever its code', () => {
    for (const texts of [en, zhCN]) {
      expect(refusalCodes.filter((code) => typeof textOf(texts, `decisions.codes.${code}`) !== 'string')).toEqual([]);
      expect(refusalCodes.filter((code) => typeof textOf(texts, `decisions.why.reasons.${code}`) !== 'string')).toEqual(
        [],
      );
    }
  });
});
