import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Column } from '../../ui/column.js';
import { Time } from '../../ui/Time.js';
import { askerWords } from './asker-words.js';
import { DeadlineTag } from './DeadlineTag.js';
import { useCategoryName } from './holder-names.js';
import { RequestStateTag } from './RequestTags.js';
import type { QueuedRequest } from './requests.queries.js';

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
      render: (request) => (
        <>
          {t(`requests.types.${request.type}`)}
          {(request.isEnterprise || request.asker) && (
            <div className="secondary">
              {request.isEnterprise && `${t('requests.asker.enterprise')} · `}
              {askerWords(request, t)}
            </div>
          )}
        </>
      ),
      csv: ({ type }) => t(`requests.types.${type}`),
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
      render: ({ state }) => <RequestStateTag state={state} />,
      csv: ({ state }) => t(`requests.states.${state}`),
    },
    {
      key: 'about',
      title: t('requests.about'),
      wraps: true,
      render: (request) => <About request={request} />,
      csv: ({ categories }) => categories.join(' '),
    },
    {
      key: 'assignee',
      title: t('requests.assignee'),
      render: ({ assignee }) => assignee ?? <span className="secondary">{t('requests.assignees.nobody')}</span>,
      csv: ({ assignee }) => assignee,
    },
    {
      key: 'article',
      title: t('requests.article'),
      wraps: true,
      render: ({ article }) => article,
      csv: ({ article }) => article,
    },
    {
      key: 'openedAt',
      title: t('requests.openedAt'),
      render: ({ openedAt }) => <Time at={openedAt} />,
      csv: ({ openedAt }) => openedAt,
    },
  ];
}

function About({ request: { categories, names } }: { request: QueuedRequest }) {
  const { t } = useTranslation();
  const categoryName = useCategoryName(names);
  if (categories.length === 0) return t('requests.everything');
  return categories.map((one) => <Tag key={one}>{categoryName(one)}</Tag>);
}
