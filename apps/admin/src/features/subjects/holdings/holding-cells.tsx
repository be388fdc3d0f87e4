import { durationWords, labelOf } from '@abide/rulebook';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Holding, HoldingClause, HoldingRetention } from '../subjects.types.js';
import { currentLanguage, useLocalized } from '../../../i18n/language.js';
import { DueNote } from '../../../ui/DueNote.js';
import { usePolicyName } from '../../../ui/policy-names.js';
import { Time } from '../../../ui/Time.js';
import css from './holdings.module.css';

/** What the category is called, its code on hover, and whether it is sensitive. */
export function CategoryCell({ holding: { category, name, sensitive } }: { holding: Holding }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const label = category === 'none' ? t('holdings.aboutRecords') : localized(name);
  return (
    <span className={css['category']} title={category === 'none' ? undefined : category}>
      {label || category} {sensitive && <Tag color="warning">{t('holdings.sensitive')}</Tag>}
    </span>
  );
}

/** The clauses that it rests on, with the revision, and for which purposes; that none covers it is said. */
export function WhyCell({ holding: { clauses, purposes } }: { holding: Holding }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const names = new Map(purposes.map(({ code, name }) => [code, localized(name)]));
  if (clauses.length === 0) return <span className="secondary">{t('holdings.noClause')}</span>;
  return (
    <ul className={css['list']}>
      {clauses.map((clause) => (
        <li key={`${clause.policy} ${clause.revision} ${clause.clauseId}`}>
          <ClauseLink clause={clause} />
          <div>{clause.purposes.map((code) => names.get(code) || code).join(t('ui.listSeparator'))}</div>
        </li>
      ))}
    </ul>
  );
}

/** What is due already, the date on which the last of it is due, and what the clauses promise of each record. */
export function KeptCell({ holding: { until, due, retention } }: { holding: Holding }) {
  const { t } = useTranslation();
  if (!until && retention.length === 0) return <span className="secondary">{t('holdings.noPromise')}</span>;
  return (
    <ul className={css['list']}>
      {due && (
        <li>
          <DueNote due={due} />
        </li>
      )}
      {until && (
        <li>
          {t('holdings.lastDue')} <Time at={until} />
        </li>
      )}
      {retention.map((promise) => (
        <li key={keyOf(promise)}>
          <Promised promise={promise} /> <ClauseLink clause={promise} short />
        </li>
      ))}
    </ul>
  );
}

function keyOf({ policy, clauseId, service, purposes }: HoldingRetention): string {
  return [policy, clauseId, service, ...(purposes ?? []).map(({ code }) => code)].join(' ');
}

function Promised({ promise: { purposes, period, until, then } }: { promise: HoldingRetention }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const language = currentLanguage();
  const outcome = labelOf('then', then, language);
  const kept = until
    ? t('holdings.untilEvent', { event: labelOf('until', until, language), outcome })
    : t('holdings.forPeriod', { period: durationWords(period ?? '', language), outcome });
  if (!purposes) return <>{kept}</>;
  const names = purposes.map(({ code, name }) => localized(name) || code);
  return <>{t('holdings.forPurposes', { purposes: names.join(t('ui.listSeparator')), kept })}</>;
}

/** To the clause in the very revision that is cited. */
function ClauseLink({
  clause: { policy, revision, revisionId, clauseId, heading },
  short = false,
}: {
  clause: HoldingClause;
  short?: boolean;
}) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const policyName = usePolicyName();
  const of = t('decisions.why.revision', { policy: policyName(policy), revision });
  const words = localized(heading) || clauseId;
  if (!revisionId)
    return (
      <span>
        {words} <Revision words={of} />
      </span>
    );
  return (
    <>
      <Link to={`/revisions/${revisionId}?clause=${encodeURIComponent(clauseId)}`} title={of}>
        {words}
      </Link>
      {!short && (
        <>
          {' '}
          <Revision words={of} />
        </>
      )}
    </>
  );
}

function Revision({ words }: { words: string }) {
  return <span className={`secondary ${css['revision'] ?? ''}`}>{words}</span>;
}
