import type { Clause } from '@abide/rulebook';
import { CloseCircleFilled, ExclamationCircleFilled } from '@ant-design/icons';
import { Collapse } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../../api/problem.js';
import type { PolicyProblem } from '../policies.types.js';
import { useLocalized } from '../../../i18n/language.js';
import { StateTag } from '../../../ui/StateTag.js';
import { DifferenceTable } from '../compare/DifferenceTable.js';
import type { Compared, Findings } from './findings.js';
import css from './editor.module.css';

interface Props {
  readonly findings: Findings | null;
  readonly saveError: Error | null;
  readonly open: (problem: PolicyProblem) => void;
  readonly clauses: readonly Clause[];
}

/** Above the text: how material the change is so far and why, and every problem with a way to its place. */
export function FindingsBar({ findings, saveError, open, clauses }: Props) {
  const { t } = useTranslation();
  const comparison = findings?.comparison;
  const problems = [...refusedBy(saveError), ...(findings?.problems ?? [])];
  const items = [
    ...(comparison
      ? [
          {
            key: 'materiality',
            label: <MaterialityLabel comparison={comparison} />,
            children: <MaterialityReasons comparison={comparison} clauses={clauses} />,
          },
        ]
      : []),
    ...(problems.length > 0
      ? [
          {
            key: 'problems',
            label: <ProblemsLabel problems={problems} />,
            children: <ProblemList problems={problems} open={open} />,
          },
        ]
      : []),
  ];
  if (items.length === 0) return findings ? null : <p className={css['quiet']}>{t('policies.editor.checking')}</p>;
  return <Collapse size="small" items={items} />;
}

function MaterialityLabel({ comparison }: { comparison: Compared }) {
  const { t } = useTranslation();
  return (
    <>
      {t('policies.materialitySoFar')} <StateTag state={comparison.materiality} />
      <span className="secondary">
        {comparison.isFirst
          ? t('policies.compare.first')
          : t('policies.editor.differences', { count: comparison.differences.length })}
      </span>
    </>
  );
}

function MaterialityReasons({ comparison, clauses }: { comparison: Compared; clauses: readonly Clause[] }) {
  const { t } = useTranslation();
  return (
    <>
      <p>{t(`policies.follows.${comparison.materiality}`)}</p>
      {comparison.differences.length > 0 && <DifferenceTable differences={comparison.differences} clauses={clauses} />}
    </>
  );
}

function ProblemsLabel({ problems }: { problems: readonly PolicyProblem[] }) {
  const { t } = useTranslation();
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const parts = [
    errors > 0 && t('policies.editor.errors', { count: errors }),
    problems.length > errors && t('policies.editor.warnings', { count: problems.length - errors }),
  ];
  return (
    <>
      {errors > 0 ? (
        <CloseCircleFilled className={css['error']} />
      ) : (
        <ExclamationCircleFilled className={css['warning']} />
      )}{' '}
      {parts.filter(Boolean).join(t('ui.listSeparator'))}
    </>
  );
}

function ProblemList({ problems, open }: { problems: readonly PolicyProblem[]; open: Props['open'] }) {
  const localized = useLocalized();
  return (
    <ul className={css['problems']}>
      {problems.map((problem, index) => (
        <li key={`${problem.path} ${problem.code} ${index}`}>
          <button type="button" onClick={() => open(problem)}>
            {problem.severity === 'error' ? (
              <CloseCircleFilled className={css['error']} />
            ) : (
              <ExclamationCircleFilled className={css['warning']} />
            )}{' '}
            {localized(problem.message)} <span className="code secondary">{problem.path}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What the server found when saving and the check here did not, such as a clash with another policy. */
function refusedBy(error: Error | null): readonly PolicyProblem[] {
  if (!(error instanceof ProblemError)) return [];
  return error.errors.map(({ pointer, code, message }) => ({ path: pointer, code, message, severity: 'error' }));
}
