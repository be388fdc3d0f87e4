import type { ComparisonWarning } from '@abide/rulebook';
import { refusal } from '../policy.errors.js';
import type { AnsweredWarning } from '../revisions/revision-act.entity.js';

/** What whoever submits answers to one warning. */
export interface WarningAnswer {
  readonly id: string;
  readonly answer: string;
}

/**
 * The warnings of a comparison with what was answered to each; answers to what is no warning any more are dropped.
 * @throws DomainError `policy.warnings_unanswered` with every one that is left
 */
export function answeredWarnings(
  warnings: readonly ComparisonWarning[],
  answers: readonly WarningAnswer[],
): AnsweredWarning[] {
  const given = new Map(answers.map(({ id, answer }) => [id, answer.trim()]));
  const open = warnings.filter(({ id }) => !given.get(id));
  if (open.length > 0) {
    throw refusal('policy.warnings_unanswered', {
      detail: 'Say why the numbers differ, or mend them. Nothing was submitted.',
      extra: { warnings: open.map(({ id, rule, clauseId, path, summary }) => ({ id, rule, clauseId, path, summary })) },
    });
  }
  return warnings.map(({ id, clauseId, summary }) => ({ id, clauseId, summary, answer: given.get(id) ?? '' }));
}
