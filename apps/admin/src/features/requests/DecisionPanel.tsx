import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Loaded } from '../../ui/Loaded.js';
import { Num } from '../../ui/Num.js';
import { Panel } from '../../ui/Panel.js';
import { DecisionForm } from './DecisionForm.js';
import { FindingsTable, useGroundWords } from './FindingsTable.js';
import { byName, useCategoryName, useHolderName } from './holder-names.js';
import { DecisionTag } from './RequestTags.js';
import { findingsQuery, type SubjectRequest } from './requests.queries.js';
import css from './requests.module.css';

export function isUndecided({ state }: SubjectRequest): boolean {
  return state === 'open' || state === 'awaitingSubject';
}

/** Before the decision: what is held beside the form. */
export function DecisionPanel({ request }: { request: SubjectRequest }) {
  if (!isUndecided(request) || request.isWithheld) return null;
  return (
    <>
      <LinkWaits request={request} />
      {request.deciding.isAboutHeldData ? <HeldData request={request} /> : <Words request={request} />}
    </>
  );
}

/** Nobody decides while it is not agreed whose data a relative asks about. */
function LinkWaits({ request: { deciding } }: { request: SubjectRequest }) {
  const { t } = useTranslation();
  if (deciding.linkChangeId === null) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={t('requests.relative.waits')}
      description={<Link to={`/changes/${deciding.linkChangeId}`}>{t('requests.relative.toChange')}</Link>}
    />
  );
}

function HeldData({ request }: { request: SubjectRequest }) {
  const { t } = useTranslation();
  return (
    <Loaded query={useQuery(findingsQuery(request.id))}>
      {({ items, names, tag }) => {
        if (request.state === 'open' && request.mayDecide)
          return <DecisionForm request={request} findings={items} names={names} tag={tag} />;
        return (
          <Panel title={t('requests.held')} note={t('requests.heldNote')}>
            <FindingsTable request={request} findings={items} names={names} />
          </Panel>
        );
      }}
    </Loaded>
  );
}

function Words({ request }: { request: SubjectRequest }) {
  if (request.state !== 'open' || !request.mayDecide) return null;
  return <DecisionForm request={request} findings={[]} names={{}} tag={null} />;
}

/** What was decided, and why whatever stays does. */
export function DecidedPanel({ request: { decisions, names } }: { request: SubjectRequest }) {
  const { t } = useTranslation();
  const categoryName = useCategoryName(names);
  const holderName = useHolderName(names);
  const groundWords = useGroundWords();
  if (decisions.length === 0) return null;
  return (
    <Panel title={t('requests.decided')}>
      <div className={css['wide']} role="region" aria-label={t('requests.decided')} tabIndex={0}>
        <table className={css['table']}>
          <thead>
            <tr>
              <th scope="col">{t('requests.category')}</th>
              <th scope="col">{t('requests.holder')}</th>
              <th scope="col" className={css['count']}>
                {t('requests.records')}
              </th>
              <th scope="col">{t('requests.decision')}</th>
              <th scope="col">{t('requests.why')}</th>
            </tr>
          </thead>
          <tbody>
            {byName(decisions, ({ category }) => categoryName(category)).map((one) => (
              <tr key={`${one.holder} ${one.category}`}>
                <th scope="row">{categoryName(one.category)}</th>
                <td className={css['whole']}>{holderName(one.holder)}</td>
                <td className={css['count']}>
                  <Num value={one.count} />
                </td>
                <td>
                  <DecisionTag outcome={one.outcome} />
                </td>
                <td>{[groundWords(one), one.reason].filter(Boolean).join(' · ') || <span aria-hidden>–</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
