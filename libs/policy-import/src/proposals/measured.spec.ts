import { readFileSync } from 'node:fs';
import { catalogue } from '@abide/rulebook';
import { clausesOf } from '../clauses/clauses-of.js';
import { measured, type AnswerKey } from '../testing/measure.js';
import { asOutOfPdf } from '../testing/out-of-pdf.js';
import { readDocument } from '../reading/read-document.js';
import { textOf, type TextName } from '../testing/texts.js';
import { proposalsOf } from './proposals-of.js';

describe('the proposals from texts of our own words', () => {
  it.each([
    ['a ticket platform’s policy', 'ticket-policy.txt', textOf('ticket-policy.txt')],
    ['the same as it comes out of a PDF', 'ticket-policy.txt', asOutOfPdf(textOf('ticket-policy.txt'))],
    ['a site’s statement', 'site-statement.txt', textOf('site-statement.txt')],
    ['an app’s policy with a list of others’ components', 'app-policy.md', textOf('app-policy.md')],
    ['a small tool’s notice', 'tool-notice.txt', textOf('tool-notice.txt')],
  ] as const)('of %s are 95 %% of what it lists, and 5 %% at most are wrong', async (_, name, text) => {
    const read = await readDocument(Buffer.from(text), name);
    const clauses = 'refused' in read ? [] : clausesOf(read.document.blocks);
    const found = measured({ text, key: keyOf(name), clauses, proposals: proposalsOf(clauses, { catalogue }) });
    expect([found.recall >= 0.95, found.missed]).toEqual([true, expect.anything()]);
    expect([found.wrongShare <= 0.05, found.wrong]).toEqual([true, expect.anything()]);
  });
});

function keyOf(name: TextName): AnswerKey {
  const file = new URL(`../testing/${name.replace(/\.\w+$/, '.key.json')}`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as AnswerKey;
}
