import { useTranslation } from 'react-i18next';
import type { ComparedClause, WordRun } from '../policies.types.js';
import type { Locale } from '../../../api/types.js';
import { useLocalized } from '../../../i18n/language.js';
import { StateTag } from '../../../ui/StateTag.js';
import css from './compare.module.css';

interface Props {
  readonly clauses: readonly ComparedClause[];
  readonly locale: Locale;
  readonly before: string;
  readonly after: string;
}

/** The clauses of both texts in two columns; words only left are struck out, words only right are underlined. */
export function ComparedClauses({ clauses, locale, before, after }: Props) {
  return (
    <div className={css['clauses']}>
      <div className={css['columnHead']}>{before}</div>
      <div className={css['columnHead']}>{after}</div>
      {clauses.map((clause) => (
        <ClauseRow key={clause.id} clause={clause} locale={locale} />
      ))}
    </div>
  );
}

function ClauseRow({ clause, locale }: { clause: ComparedClause; locale: Locale }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const { numberBefore, numberAfter } = clause;
  const runs = clause.words[locale] ?? [];
  const differsOnlyElsewhere =
    clause.state === 'changed' &&
    !hasDifference(runs) &&
    Object.values(clause.words).some((words) => hasDifference(words ?? []));
  const renumbered = numberBefore && numberAfter && String(numberBefore) !== String(numberAfter);
  return (
    <section className={css['clause']} id={`clause-${clause.id}`} aria-label={localized(clause.heading)}>
      <h3 className={css['heading']}>
        {numberAfter ?? numberBefore} {localized(clause.heading)} <StateTag state={clause.state} />
        {differsOnlyElsewhere && <span className="secondary"> {t('policies.compare.otherLanguageOnly')}</span>}
        {renumbered && (
          <span className="secondary">
            {' '}
            {t('policies.compare.renumbered', { before: numberBefore, after: numberAfter })}
          </span>
        )}
      </h3>
      <div className={css['side']} lang={locale}>
        {clause.state === 'new' ? (
          <Absent text={t('policies.compare.notBefore')} />
        ) : (
          <Side runs={runs} leaveOut="added" />
        )}
      </div>
      <div className={css['side']} lang={locale}>
        {clause.state === 'removed' ? (
          <Absent text={t('policies.compare.notAfter')} />
        ) : (
          <Side runs={runs} leaveOut="removed" />
        )}
      </div>
    </section>
  );
}

function hasDifference(runs: readonly WordRun[]): boolean {
  return runs.some(({ kind }) => kind !== 'same');
}

function Absent({ text }: { text: string }) {
  return <p className="secondary">{text}</p>;
}

function Side({ runs, leaveOut }: { runs: readonly WordRun[]; leaveOut: WordRun['kind'] }) {
  return (
    <p className={css['words']}>
      {runs
        .filter(({ kind }) => kind !== leaveOut)
        .map(({ kind, text }, index) => {
          if (kind === 'removed') return <del key={index}>{text}</del>;
          if (kind === 'added') return <ins key={index}>{text}</ins>;
          return <span key={index}>{text}</span>;
        })}
    </p>
  );
}
