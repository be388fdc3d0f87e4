import { Tag } from 'antd';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLocalized } from '../../i18n/language.js';
import { usePermission } from '../../session/permissions.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { Num } from '../../ui/Num.js';
import { Day } from '../../ui/Time.js';
import { shortDay } from '../../ui/time-text.js';
import { partKey } from './decision-values.js';
import { byName, useCategoryName, useHolderName } from './holder-names.js';
import { HolderOutcomeTag } from './RequestTags.js';
import { heldQuery, type Finding, type SubjectRequest } from './requests.queries.js';
import css from './requests.module.css';

interface Props {
  readonly request: SubjectRequest;
  readonly findings: readonly Finding[];
  readonly names: SubjectRequest['names'];
  /** A further cell of each row: what is decided about it. */
  readonly decide?: ((finding: Finding) => ReactNode) | undefined;
}

/** What is held, a row for each kind at each holder, the same kind together; with what was asked about and is not there. */
export function FindingsTable({ request, findings, names, decide }: Props) {
  const { t } = useTranslation();
  const categoryName = useCategoryName(names);
  const holderName = useHolderName(names);
  const clausesOf = useClauses(request);
  const rows = byName(findings, ({ category }) => categoryName(category));
  const absent = request.categories.filter((code) => !findings.some(({ category }) => category === code));
  const absentNames = useCategoryName({ ...request.names, ...names });
  if (findings.length === 0) return <EmptyState text={t('requests.nothingHeld')} />;
  return (
    <div className={css['wide']} role="region" aria-label={t('requests.held')} tabIndex={0}>
      <table className={`${css['table']} ${decide ? css['each'] : ''}`}>
        <thead>
          <tr>
            <th scope="col">{t('requests.category')}</th>
            <th scope="col">{t('requests.holder')}</th>
            <th scope="col" className={css['count']}>
              {t('requests.records')}
            </th>
            <th scope="col">{t('requests.since')}</th>
            <th scope="col">{t('requests.keptUntil')}</th>
            <th scope="col">{t('requests.clauses')}</th>
            <th scope="col">{t('requests.mustStay')}</th>
            {decide && <th scope="col">{t('requests.decision')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((finding) => (
            <tr key={partKey(finding)}>
              <th scope="row">{categoryName(finding.category)}</th>
              <td className={css['whole']}>{holderName(finding.holder)}</td>
              <td className={css['count']}>
                {finding.outcome === 'done' ? (
                  <Num value={finding.count} />
                ) : (
                  <HolderOutcomeTag outcome={finding.outcome} />
                )}
              </td>
              <td>
                <Day at={finding.since} />
              </td>
              <td>
                <Day at={finding.until} />
              </td>
              <td className={css['clauses']}>{clausesOf(finding.category) || '–'}</td>
              <td>
                <Exemptions exemptions={finding.exemptions} />
              </td>
              {decide && <td className={css['choice']}>{decide(finding)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {absent.length > 0 && (
        <p className="secondary">
          {t('requests.absent', { kinds: absent.map((code) => absentNames(code)).join(t('ui.listSeparator')) })}
        </p>
      )}
    </div>
  );
}

/** The headings of the clauses that a kind of data rests on, for whoever may see what is held of a person. */
function useClauses({ subjectId, requester }: SubjectRequest): (category: string) => string {
  const { t } = useTranslation();
  const localized = useLocalized();
  const mayRead = usePermission('subject.read');
  const { data } = useQuery({ ...heldQuery(subjectId), enabled: mayRead && requester?.hasAccount !== false });
  return (category) => {
    const clauses = data?.items.find((one) => one.category === category)?.clauses ?? [];
    return [...new Set(clauses.flatMap(({ heading }) => (heading ? [localized(heading)] : [])))].join(
      t('ui.listSeparator'),
    );
  };
}

function Exemptions({ exemptions }: Pick<Finding, 'exemptions'>) {
  if (exemptions.length === 0) return <span aria-hidden>–</span>;
  return exemptions.map((one) => <Exemption key={`${one.ground} ${one.holdId ?? one.article}`} exemption={one} />);
}

/** Why something stays and until when; a hold leads to its page. */
function Exemption({ exemption }: { exemption: Finding['exemptions'][number] }) {
  const { t } = useTranslation();
  const { holdId, isBarred } = exemption;
  const mayRead = usePermission('hold.read');
  const words = useGroundWords()(exemption);
  return (
    <div>
      {holdId && mayRead ? <Link to={`/holds/${holdId}`}>{words}</Link> : words}
      {isBarred && <Tag color="error">{t('holds.notToBeTold')}</Tag>}
    </div>
  );
}

interface Stays {
  readonly ground: string | null;
  readonly article: string | null;
  readonly until: string | null;
}

/** A ground with its article, and until when. */
export function useGroundWords(): (stays: Stays) => string {
  const { t } = useTranslation();
  return ({ ground, article, until }) =>
    [
      ground && t(`requests.grounds.${ground}`, { defaultValue: ground }),
      article,
      until && t('requests.staysUntil', { day: shortDay(new Date(until)) }),
    ]
      .filter(Boolean)
      .join(' · ');
}
