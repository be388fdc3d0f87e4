import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Num } from '../../ui/Num.js';
import { partKey, recordsOf, type DecidedPart } from './decision-values.js';
import { useGroundWords } from './FindingsTable.js';
import { byName, useCategoryName, useHolderName } from './holder-names.js';
import type { SubjectRequest } from './requests.queries.js';
import css from './requests.module.css';

interface Props {
  readonly parts: readonly DecidedPart[];
  readonly names: SubjectRequest['names'];
}

/** Before something goes for good: what goes and what stays, counted, and what the person loses with it. */
export function Consequences({ parts, names }: Props) {
  const { t } = useTranslation();
  const goes = parts.filter(({ decision }) => decision.outcome === 'grant');
  const stays = parts.filter(({ decision }) => decision.outcome !== 'grant');
  const signIns = goes.filter(({ finding }) => finding.isSignIn);
  const unknown = goes.filter(({ finding }) => finding.outcome !== 'done');
  const nameOf = useCategoryName(names);
  const listed = (some: readonly DecidedPart[], name: (part: DecidedPart) => string) =>
    [...new Set(some.map(name))].join(t('ui.listSeparator'));
  const holderName = useHolderName(names);
  return (
    <div className={css['consequences']}>
      <h3>{t('requests.confirm.goes', { count: recordsOf(parts, 'grant') })}</h3>
      <Parts parts={goes} names={names} />
      {signIns.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('requests.confirm.signIn', { kinds: listed(signIns, ({ finding }) => nameOf(finding.category)) })}
        />
      )}
      {unknown.length > 0 && (
        <Alert
          type="info"
          showIcon
          title={t('requests.confirm.unknown', {
            holders: listed(unknown, ({ finding }) => holderName(finding.holder)),
          })}
        />
      )}
      {stays.length > 0 && (
        <>
          <h3>
            {t('requests.confirm.stays', {
              count: recordsOf(parts, 'keep') + recordsOf(parts, 'refuse') + recordsOf(parts, 'restrict'),
            })}
          </h3>
          <Parts parts={stays} names={names} />
        </>
      )}
    </div>
  );
}

function Parts({ parts, names }: Props) {
  const { t } = useTranslation();
  const categoryName = useCategoryName(names);
  const holderName = useHolderName(names);
  const groundWords = useGroundWords();
  const whyOf = ({ outcome, reason, ground, article, until }: DecidedPart['decision']) =>
    outcome === 'keep'
      ? groundWords({ ground: ground ?? null, article: article ?? null, until: until ?? null })
      : (reason ?? '');
  if (parts.length === 0) return null;
  return (
    <div className={css['bulk']} role="region" aria-label={t('requests.records')} tabIndex={0}>
      <table className={css['table']}>
        <tbody>
          {byName(parts, ({ finding }) => categoryName(finding.category)).map(({ finding, decision }) => (
            <tr key={partKey(finding)}>
              <th scope="row">{categoryName(finding.category)}</th>
              <td className={css['whole']}>{holderName(finding.holder)}</td>
              <td className={css['count']}>
                <Num value={finding.count} />
              </td>
              {decision.outcome !== 'grant' && (
                <>
                  <td className={css['whole']}>{t(`requests.decisions.${decision.outcome}`)}</td>
                  <td>{whyOf(decision)}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
