/** Decisions per second of `decide()` in process, under a rulebook of 60 clauses; one core, nothing else running in the process. */
import { catalogue, compile, decide, offlineRegistry } from '@abide/rulebook';
import { median } from './rounds.mjs';

const at = Date.parse('2026-06-01T00:00:00Z');
const perRound = 1_000_000;

export async function measure() {
  const { round, notes } = decidingInProcess();
  round();
  const runs = Array.from({ length: 5 }, round);
  for (const [index, run] of runs.entries()) console.log(`  round ${index + 1}: ${run} decisions/s`);
  return {
    figure: median(runs),
    goal: '>= 1000000',
    reference: 'none: decisions per second on one core',
    runs,
    rss: process.memoryUsage().rss,
    notes,
  };
}

/** @returns {{ round: () => number, notes: string }} a round is a million decisions and answers how many of them a second takes */
export function decidingInProcess() {
  const rulebook = sixtyClauses();
  const questions = askable(rulebook);
  const facts = aSubject(questions);
  const allowed = questions.filter((question) => decide(rulebook, facts, question).allowed).length;
  const round = () => {
    const startedAt = performance.now();
    for (let i = 0; i < perRound; i += 1) decide(rulebook, facts, questions[i % questions.length]);
    return Math.round((perRound * 1000) / (performance.now() - startedAt));
  };
  return { round, notes: `${rulebook.atoms.length} atoms, ${questions.length} questions, ${allowed} of them allowed` };
}

/** One clause per category and purpose in turn, on every basis, and one that keeps everything. */
function sixtyClauses() {
  const ordinary = catalogue.categories.filter((entry) => !entry.isSensitive).map((entry) => entry.code);
  const bases = ['contract', 'consent', 'separateConsent', 'legalObligation'];
  const text = { 'zh-CN': '文', en: 'Text' };
  const clauses = Array.from({ length: 59 }, (_, index) => ({
    id: `clause.${index}`,
    heading: text,
    body: text,
    terms: [
      {
        type: index % 2 === 0 ? 'collection' : 'use',
        categories: [0, 1, 2].map((step) => ordinary[(index + step) % ordinary.length]),
        purposes: [0, 1].map((step) => catalogue.purposes[(index + step) % catalogue.purposes.length].code),
        basis: bases[index % bases.length],
      },
    ],
  }));
  const keeping = {
    id: 'keep',
    heading: text,
    body: text,
    terms: [{ type: 'retention', categories: ['*'], period: 'P1Y', then: 'delete' }],
  };
  const document = {
    policy: 'privacy',
    kind: 'general',
    title: text,
    contact: text,
    glossary: [],
    definitions: [],
    services: ['ticketing', 'signing'],
    recipients: [],
    clauses: [...clauses, keeping],
  };
  const { rulebook, problems } = compile([{ document, revision: 1 }], offlineRegistry());
  if (!rulebook) throw new Error(JSON.stringify(problems));
  return rulebook;
}

/** Every atom asked for once in a service, and as many questions that no clause answers. */
function askable(rulebook) {
  const known = rulebook.atoms.map(({ action, category, purpose }) => ({
    action,
    categories: [category],
    purpose,
    service: 'ticketing',
    at,
  }));
  return known.flatMap((question) => [question, { ...question, purpose: 'authority.assistance' }]);
}

/** An adult who accepted the policy and consented to a few purposes, by name of the category where it was asked. */
function aSubject(questions) {
  const purposes = [...new Set(questions.map((question) => question.purpose))].slice(0, 6);
  return {
    kind: 'person',
    birthDate: '1990-01-01',
    isPositioningOn: true,
    acceptances: [{ policy: 'privacy', revision: 1, mode: 'explicit', at: at - 86_400_000 }],
    consents: purposes.map((purpose, index) => ({
      id: `consent-${index}`,
      state: 'granted',
      purpose,
      categories: index % 2 === 0 ? null : questions.slice(0, 8).flatMap((question) => question.categories),
      at: at - 3_600_000,
      revision: 1,
    })),
  };
}
