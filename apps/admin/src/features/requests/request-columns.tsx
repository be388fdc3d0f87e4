import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Column } from '../../ui/column.js';
import { Day } from '../../ui/Time.js';
import { askerWords, isAccountGone } from './asker-words.js';
import { DeadlineTag } from './DeadlineTag.js';
import { useCategoryName } from './holder-names.js';
import { AppealTag, RequestStateTag } from './RequestTags.js';
import type { QueuedRequest } from './requests.queries.js';
import css from './requests.module.css';

/** What a line of the queue says of a request. */
export function useRequestColumns(): Column<QueuedRequest>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'number',
      title: t('requests.number'),
      fixed: true,
      render: ({ id, number }) => <Link to={`/requests/${id}`}>{number}</Link>,
      csv: ({ number }) => number,
    },
    {
      key: 'type',
      title: t('requests.type'),
      fixed: true,
      yields: true,
      render: ({ type, isAppeal }) => (
        <>
          {t(`requests.types.${type}`)} {isAppeal && <AppealTag />}
        </>
      ),
      csv: ({ type }) => t(`requests.types.${type}`),
    },
    {
      key: 'who',
      title: t('requests.who.title'),
      yields: true,
      render: (request) => <Who request={request} />,
    },
    {
      key: 'due',
      title: t('requests.due'),
      render: (request) => <DeadlineTag request={request} />,
      csv: ({ dueAt }) => dueAt,
    },
    {
      key: 'state',
      title: t('requests.state'),
      render: ({ state, isJoined }) => <RequestStateTag state={state} isJoined={isJoined} />,
      csv: ({ state }) => t(`requests.states.${state}`),
    },
    {
      key: 'assignee',
      title: t('requests.assignee'),
      render: ({ assignee }) => assignee ?? <span className="secondary">{t('requests.assignees.nobody')}</span>,
      csv: ({ assignee }) => assignee,
    },
    {
      key: 'openedAt',
      title: t('requests.openedAt'),
      render: ({ openedAt }) => <Day at={openedAt} />,
      csv: ({ openedAt }) => openedAt,
    },
    {
      key: 'about',
      title: t('requests.about'),
      yields: true,
      render: (request) => <About request={request} />,
      csv: ({ categories }) => categories.join(' '),
    },
  ];
}

/** Whom it is about, masked, and how it came where they did not ask themselves in the app. */
function Who({ request }: { request: QueuedRequest }) {
  const { t } = useTranslation();
  const { personName, hasAccount, isEnterprise, channel } = request;
  const more = [
    isEnterprise && t('requests.asker.enterprise'),
    askerWords(request, t),
    channel !== 'app' && t(`requests.who.by.${channel}`),
  ].filter(Boolean);
  return (
    <>
      {hasAccount
        ? personName || t('requests.who.unnamed')
        : t(`requests.who.${isAccountGone(request) ? 'accountClosed' : 'noAccount'}`)}
      {more.length > 0 && <div className="secondary">{more.join(' · ')}</div>}
    </>
  );
}

function About({ request: { categories, isAboutHeldData, names } }: { request: QueuedRequest }) {
  const { t } = useTranslation();
  const categoryName = useCategoryName(names);
  if (categories.length === 0) return isAboutHeldData ? t('requests.everything') : <span aria-hidden>–</span>;
  return (
    <span className={css['tags']}>
      {categories.map((one) => (
        <Tag key={one}>{categoryName(one)}</Tag>
      ))}
    </span>
  );
}
