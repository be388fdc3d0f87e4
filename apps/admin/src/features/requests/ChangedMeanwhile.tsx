import { Alert, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOperator } from '../../session/session.queries.js';
import { Time } from '../../ui/Time.js';
import type { SubjectRequest } from './requests.queries.js';
import css from './requests.module.css';

/** What other people did with a request while it was open here, and the answer that was being written when it could no longer be sent. */
export function ChangedMeanwhile({ request, written }: { request: SubjectRequest; written: string }) {
  const { t } = useTranslation();
  const { name: own } = useOperator();
  const [known, setKnown] = useState(request.timeline.length);
  const news = request.timeline.slice(known).filter(({ by }) => by !== own && by !== 'system');
  const isLost = written.trim() !== '' && !request.mayDecide && written !== request.answer;
  if (news.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      closable={{ onClose: () => setKnown(request.timeline.length) }}
      title={t('requests.meanwhile.title')}
      description={
        <>
          <ul className={css['timeline']}>
            {news.map(({ at, act, by }) => (
              <li key={`${at}-${act}`}>
                <Time at={at} /> {t(`actors.${by}`, { defaultValue: by })} · {t(`requests.acts.${act}`)}
              </li>
            ))}
          </ul>
          {isLost && (
            <>
              <p>{t('requests.meanwhile.written')}</p>
              <Typography.Paragraph copyable className={css['words'] ?? ''}>
                {written}
              </Typography.Paragraph>
            </>
          )}
        </>
      }
    />
  );
}
