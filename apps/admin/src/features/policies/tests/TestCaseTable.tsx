import { useTranslation } from 'react-i18next';
import type { PolicyTestCase } from '../policies.types.js';
import { CaseOutcome } from './TestOutcome.js';
import { turnsOf } from './turns.js';
import css from './tests.module.css';

/** Each case with its result; of those that failed, what was expected against what came, or what is wrong with the case itself. The failed ones come first. */
export function TestCaseTable({ cases }: { cases: readonly PolicyTestCase[] }) {
  const { t } = useTranslation();
  const inOrder = cases.toSorted((a, b) => Number(a.passed) - Number(b.passed));
  return (
    // A wide table may scroll sideways, and must then be reachable by keyboard.
    <div className={css['scroll']} role="region" aria-label={t('policyTests.result')} tabIndex={0}>
      <table className={css['cases']}>
        <thead>
          <tr>
            {(['case', 'result', 'expected', 'actual'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`policyTests.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {inOrder.map((one, index) => (
            <CaseRow key={`${one.name} ${index}`} one={one} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CaseRow({ one }: { one: PolicyTestCase }) {
  const turns = one.passed ? [] : turnsOf(one);
  return (
    <tr>
      <th scope="row">{one.name}</th>
      <td className={css['result']}>
        <CaseOutcome passed={one.passed} />
      </td>
      {one.problems.length > 0 ? (
        <td colSpan={2}>
          {one.problems.map(({ path, message }) => (
            <div key={path}>
              <span className="code">{path}</span> {message}
            </div>
          ))}
        </td>
      ) : (
        <Turns turns={turns} />
      )}
    </tr>
  );
}

function Turns({ turns }: { turns: ReturnType<typeof turnsOf> }) {
  return (
    <>
      <td className="code">
        {turns.map(({ key, expected }) => (
          <div key={key}>{`${key}: ${expected}`}</div>
        ))}
      </td>
      <td className="code">
        {turns.map(({ key, actual }) => (
          <div key={key}>{`${key}: ${actual}`}</div>
        ))}
      </td>
    </>
  );
}
