import { pathOfPointer } from '../../../api/problem.js';
import type { PolicyProblem } from '../policies.types.js';

/** The problems in the part of the document beneath `path`, such as `['clauses', 3, 'terms', 0]`. */
export function problemsUnder(
  problems: readonly PolicyProblem[],
  path: readonly (string | number)[],
): readonly PolicyProblem[] {
  return problems.filter((problem) => startsWith(pathOfPointer(problem.path), path));
}

/** The problems of no clause: title, contact, glossary, services. */
export function problemsOfFrame(problems: readonly PolicyProblem[]): readonly PolicyProblem[] {
  return problems.filter(
    (problem) => typeof pathOfPointer(problem.path)[1] !== 'number' || pathOfPointer(problem.path)[0] !== 'clauses',
  );
}

/** The number of the clause a problem stands in, counted from 0; null where it is about the whole policy. */
export function clauseOf(problem: PolicyProblem): number | null {
  const [first, index] = pathOfPointer(problem.path);
  return first === 'clauses' && typeof index === 'number' ? index : null;
}

export function worstOf(problems: readonly PolicyProblem[]): 'error' | 'warning' | null {
  if (problems.some(({ severity }) => severity === 'error')) return 'error';
  return problems.length > 0 ? 'warning' : null;
}

function startsWith(path: readonly (string | number)[], start: readonly (string | number)[]): boolean {
  return start.every((part, index) => path[index] === part);
}
