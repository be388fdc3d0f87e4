/** What a gate under the demo's policies may be asked: one question for each thing that a term of theirs collects or uses. */
import { readFileSync } from 'node:fs';
import { compile, offlineRegistry, validatePolicy } from '@abide/rulebook';

const files = ['general-privacy.v1.yaml', 'ticketing-privacy.yaml', 'user-agreement.yaml'];
const asked = new Set(['collect', 'use']);

/** @returns {{ questions: { action: string, purpose: string, categories: string[], service: string }[], notes: string }} */
export function demoQuestions() {
  const documents = files.map(
    (file) =>
      validatePolicy(readFileSync(new URL(`../apps/api/demo/${file}`, import.meta.url), 'utf8'), offlineRegistry())
        .document,
  );
  const { rulebook } = compile(
    documents.map((document) => ({ document, revision: 1 })),
    offlineRegistry(),
  );
  const questions = rulebook.atoms
    .filter(({ action }) => asked.has(action))
    .map(({ action, purpose, category, service }) => ({
      action,
      purpose,
      categories: [category],
      service: service ?? 'ticketing',
    }));
  const clauses = documents.reduce((sum, document) => sum + document.clauses.length, 0);
  return {
    questions,
    notes: `${clauses} clauses in force, ${rulebook.atoms.length} atoms, ${questions.length} questions`,
  };
}
