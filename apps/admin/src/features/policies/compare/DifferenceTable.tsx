import { useTranslation } from 'react-i18next';
import type { ComparedClause, TermDifference } from '../policies.types.js';
import { useLocalized } from '../../../i18n/language.js';
import { StateTag } from '../../../ui/StateTag.js';
import { whomItTouches } from './difference-text.js';
import css from './compare.module.css';

interface Props {
  readonly differences: readonly TermDifference[];
  readonly clauses: readonly Pick<ComparedClause, 'id' | 'heading'>[];
}

/** What changes in the terms: the heaviest first, each with its class, rule, article and whom it touches. */
export function DifferenceTable({ differences, clauses }: Props) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const headingOf = (id: string) => localized(clauses.find((clause) => clause.id === id)?.heading) || id;
  return (
    <div className={css['scroll']}>
      <table className={css['differences']}>
        <thead>
          <tr>
            {(['what', 'class', 'whom', 'article', 'clause'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`policies.compare.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {differences.map((difference, index) => (
            <tr key={difference.id ?? `${difference.rule} ${index}`}>
              <td>
                {localized(difference.summary)}
                <div className={css['rule']}>{difference.rule}</div>
              </td>
              <td>
                <StateTag state={difference.class} />
              </td>
              <td>{t(`policies.compare.whom.${whomItTouches(difference)}`)}</td>
              <td>{difference.article ?? '–'}</td>
              <td>
                {difference.clauseId ? (
                  <a href={`#clause-${difference.clauseId}`}>{headingOf(difference.clauseId)}</a>
                ) : (
                  t('policies.compare.wholePolicy')
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
