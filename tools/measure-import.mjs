/**
 * How much of what a policy lists the importer proposes, against an answer key of codes by line:
 * `node --import ./tools/from-source.mjs tools/measure-import.mjs <text> <key.json>`. Prints what was missed and what was
 * wrong, code by code; leaves with 1 where less than 95 % are proposed or more than 5 % are wrong.
 */
import { readFileSync } from 'node:fs';
import { catalogue } from '@abide/rulebook';

const source = '../libs/policy-import/src';
const { readDocument } = await import(`${source}/reading/read-document.ts`);
const { clausesOf } = await import(`${source}/clauses/clauses-of.ts`);
const { proposalsOf } = await import(`${source}/proposals/proposals-of.ts`);
const { measured } = await import(`${source}/testing/measure.ts`);

const [textFile, keyFile] = process.argv.slice(2);
if (!textFile || !keyFile) throw new Error('Name a text and its answer key.');
const text = readFileSync(textFile, 'utf8');
const key = JSON.parse(readFileSync(keyFile, 'utf8'));
const read = await readDocument(readFileSync(textFile), textFile);
if ('refused' in read) throw new Error(`It cannot be read: ${read.refused}.`);
const clauses = clausesOf(read.document.blocks);
const proposals = proposalsOf(clauses, { catalogue });
const { listed, proposed, missed, wrong, recall, wrongShare } = measured({ text, key, clauses, proposals });

const percent = (share) => `${(share * 100).toFixed(1)} %`;
console.log(`${clauses.length} clauses, ${proposals.length} proposals`);
console.log(`listed ${listed}, missed ${missed.length}: ${percent(recall)} proposed under the right clause`);
console.log(`proposed ${proposed}, wrong ${wrong.length}: ${percent(wrongShare)}`);
for (const one of missed) console.log(`missed ${one}`);
for (const one of wrong) console.log(`wrong  ${one}`);
process.exitCode = recall >= 0.95 && wrongShare <= 0.05 ? 0 : 1;
