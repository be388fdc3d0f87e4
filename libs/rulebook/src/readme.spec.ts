import { readFileSync } from 'node:fs';
import { compareRules } from './compare/rules.js';
import { materialities } from './materiality.js';

describe('the README', () => {
  it('lists every rule of materiality with its class and article, and no other', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const rows = [...readme.matchAll(/^\| `(\w+\.\w+)` \| (\w+) \| (.+) \|$/gm)].map(([, id, materiality, article]) => [
      id,
      materiality,
      article,
    ]);
    expect(rows).toEqual(Object.entries(compareRules).map(([id, rule]) => [id, rule.class, rule.article]));
  });

  it('gives every rule one of the four classes', () => {
    for (const rule of Object.values(compareRules)) expect(materialities).toContain(rule.class);
  });
});
