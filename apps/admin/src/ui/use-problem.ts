import { App, type FormInstance } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { ProblemError, splitFieldProblems } from '../api/problem.js';
import { ChallengeDeclined } from '../session/challenge.js';
import { fieldProblemText, problemText } from './problem-text.js';

/**
 * The one way a refusal reaches the person: errors of fields the form has are shown at those fields,
 * everything else as a message. A dialog the person closed is not a failure and shows nothing.
 */
export function useProblem(): (error: unknown, form?: FormInstance) => void {
  const { message } = App.useApp();
  const { t } = useTranslation();
  return (error, form) => {
    if (error instanceof ChallengeDeclined) return;
    if (form && error instanceof ProblemError && showAtFields(error, form, t)) return;
    const { title, detail, correlationId } = problemText(error, t);
    const reference = correlationId ? t('problems.reference', { id: correlationId }) : '';
    void message.error([title, detail, reference].filter(Boolean).join(' '), 8);
  };
}

/** True when every error found its field, so that no message is needed. */
function showAtFields(problem: ProblemError, form: FormInstance, t: TFunction): boolean {
  const fields = form.getFieldsError().map(({ name }) => name);
  const { byField, rest } = splitFieldProblems(problem, fields);
  if (byField.size === 0) return false;
  form.setFields(
    [...byField].map(([name, errors]) => ({
      name: [...name],
      errors: errors.map((error) => fieldProblemText(error, t)),
    })),
  );
  return rest.length === 0;
}
