import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { colleaguesQuery, decisionHash, type SubjectRequest } from './requests.queries.js';

/** Who decides a request that waits for a decision which this operator may not make: whoever came to decide begins here. */
export function WhoDecides({ request }: { request: SubjectRequest }) {
  const isUndecided = request.state === 'open' || request.state === 'awaitingSecond';
  const { barrier } = request.deciding;
  if (!isUndecided || (barrier !== 'kind' && barrier !== 'decidedBefore' && barrier !== 'ownDecision')) return null;
  return <Others request={request} why={barrier} />;
}

function Others({ request, why }: { request: SubjectRequest; why: 'kind' | 'decidedBefore' | 'ownDecision' }) {
  const { t } = useTranslation();
  const colleagues = useQuery(colleaguesQuery(request.id)).data?.items ?? [];
  const note = useRef<HTMLDivElement>(null);
  const { hash } = useLocation();
  useEffect(() => {
    if (hash === decisionHash) note.current?.focus();
  }, [hash]);
  const names = colleagues.filter(({ mayDecide }) => mayDecide).map(({ name }) => name);
  return (
    <div ref={note} tabIndex={-1}>
      <Alert
        type="info"
        showIcon
        title={t(`requests.whoDecides.${why}`, { type: t(`requests.types.${request.type}`) })}
        description={
          names.length > 0
            ? t('requests.whoDecides.names', { names: names.join(t('ui.listSeparator')) })
            : t('requests.whoDecides.nobody')
        }
      />
    </div>
  );
}
