import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePermission } from '../../session/permissions.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { Loaded } from '../../ui/Loaded.js';
import { Num } from '../../ui/Num.js';
import { Panel } from '../../ui/Panel.js';
import { Time } from '../../ui/Time.js';
import { DecisionForm } from './DecisionForm.js';
import { HolderOutcomeTag } from './RequestTags.js';
import { useCategoryName, useHolderName } from './holder-names.js';
import { DecisionTag } from './RequestTags.js';
import { findingsQuery, type Finding, type SubjectRequest } from './requests.queries.js';
import css from './requests.module.css';

type Names = SubjectRequest['names'];

const aboutHeldData = ['access', 'portability', 'correction', 'deletion', 'restriction', 'accountClosure'];

/** Before the decision what is held beside the form, after it what was decided. */
export function DecisionPanel({ request }: { request: SubjectRequest }) {
  const { t } = useTranslation();
  const isUndecided = ['open', 'awaitingSubject'].includes(request.state);
  if (request.decisions.length > 0 && !isUndecided)
    return (
      <Panel title={t('requests.decided')}>
        <Decisions decisions={request.decisions} names={request.names} />
      </Panel>
    );
  if (!isUndecided || request.isWithheld) return null;
  return aboutHeldData.includes(request.type) ? <HeldData request={request} /> : <Words request={request} />;
}

function HeldData({ request }: { request: SubjectRequest }) {
  const { t } = useTranslation();
  return (
    <Loaded query={useQuery(findingsQuery(request.id))}>
      {({ items, names, tag }) => (
        <>
          <Panel title={t('requests.held')} note={t('requests.heldNote')}>
            {items.length === 0 ? (
              <EmptyState text={t('requests.nothingHeld')} />
            ) : (
              <Findings findings={items} names={names} />
            )}
          </Panel>
          {request.state === 'open' && request.mayDecide && (
            <DecisionForm request={request} findings={items} names={names} tag={tag} />
          )}
        </>
      )}
    </Loaded>
  );
}

function Words({ request }: { request: SubjectRequest }) {
  if (request.state !== 'open' || !request.mayDecide) return null;
  return <DecisionForm request={request} findings={[]} names={{}} tag={null} />;
}

function Findings({ findings, names }: { findings: readonly Finding[]; names: Names }) {
  const { t } = useTranslation();
  const categoryName = useCategoryName(names);
  const holderName = useHolderName(names);
  return (
    <table className={css['table']}>
      <thead>
        <tr>
          <th scope="col">{t('requests.category')}</th>
          <th scope="col">{t('requests.holder')}</th>
          <th scope="col">{t('requests.records')}</th>
          <th scope="col">{t('requests.since')}</th>
          <th scope="col">{t('requests.mustStay')}</th>
        </tr>
      </thead>
      <tbody>
        {findings.map(({ holder, category, count, since, outcome, exemptions }) => (
          <tr key={`${holder} ${category}`}>
            <th scope="row">{categoryName(category)}</th>
            <td>{holderName(holder)}</td>
            <td>{outcome === 'done' ? <Num value={count} /> : <HolderOutcomeTag outcome={outcome} />}</td>
            <td>
              <Time at={since} zone="onHover" />
            </td>
            <td>
              {exemptions.length === 0 ? (
                <span aria-hidden>–</span>
              ) : (
                exemptions.map((one) => (
                  <Exemption key={`${one.ground} ${one.holdId ?? one.article}`} exemption={one} />
                ))
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Why something stays; a hold leads to its page. */
function Exemption({ exemption: { ground, article, holdId, isBarred } }: { exemption: Finding['exemptions'][number] }) {
  const { t } = useTranslation();
  const mayRead = usePermission('hold.read');
  const words = `${t(`requests.grounds.${ground}`)} · ${article}`;
  return (
    <div>
      {holdId && mayRead ? <Link to={`/holds/${holdId}`}>{words}</Link> : words}
      {isBarred && <Tag color="error">{t('holds.notToBeTold')}</Tag>}
    </div>
  );
}

function Decisions({ decisions, names }: { decisions: SubjectRequest['decisions']; names: Names }) {
  const { t } = useTranslation();
  const categoryName = useCategoryName(names);
  const holderName = useHolderName(names);
  return (
    <table className={css['table']}>
      <thead>
        <tr>
          <th scope="col">{t('requests.category')}</th>
          <th scope="col">{t('requests.holder')}</th>
          <th scope="col">{t('requests.records')}</th>
          <th scope="col">{t('requests.decision')}</th>
          <th scope="col">{t('requests.why')}</th>
        </tr>
      </thead>
      <tbody>
        {decisions.map(({ holder, category, count, outcome, article, reason }) => (
          <tr key={`${holder} ${category}`}>
            <th scope="row">{categoryName(category)}</th>
            <td>{holderName(holder)}</td>
            <td>
              <Num value={count} />
            </td>
            <td>
              <DecisionTag outcome={outcome} />
            </td>
            <td>{reason ?? article ?? <span aria-hidden>–</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
