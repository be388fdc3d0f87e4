import type { PolicyProblem } from '../policies.types.js';
import { useLocalized } from '../../../i18n/language.js';
import css from './editor.module.css';

/** What is wrong with a field, beneath it. */
export function FieldProblems({ problems }: { problems: readonly PolicyProblem[] }) {
  const localized = useLocalized();
  if (problems.length === 0) return null;
  return (
    <ul className={css['fieldProblems']}>
      {problems.map((problem, index) => (
        <li key={index} className={css[problem.severity]}>
          {localized(problem.message)}
        </li>
      ))}
    </ul>
  );
}
