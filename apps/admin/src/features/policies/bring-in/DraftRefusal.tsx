import { ProblemError } from '../../../api/problem.js';
import { ProblemAlert } from '../../../ui/ProblemAlert.js';
import css from './bring-in.module.css';

/** Why it was not saved, with everything that the server found wrong. */
export function DraftRefusal({ error }: { error: unknown }) {
  const errors = error instanceof ProblemError ? error.errors : [];
  return (
    <>
      <ProblemAlert error={error} />
      {errors.length > 0 && (
        <ul className={css['gaps']}>
          {[...new Set(errors.map(({ message }) => message))].map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
    </>
  );
}
