import { useQuery } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Subject } from '../../../api/types.js';
import { usePermission } from '../../../session/permissions.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { Loaded } from '../../../ui/Loaded.js';
import { Panel } from '../../../ui/Panel.js';
import { Time } from '../../../ui/Time.js';
import css from '../consents/consents.module.css';
import { EndMandateDialog } from './EndMandateDialog.js';
import { mandatesQuery, type Mandate } from './mandates.queries.js';

const tones = { named: 'processing', acting: 'success', lapsed: 'default', expired: 'default', ended: 'default' };

/** Of an enterprise: who acts for it; of a person: for which enterprises they act, where they do. */
export function MandatesPanel({ subject }: { subject: Subject }) {
  const { t } = useTranslation();
  const mandates = useQuery(mandatesQuery(subject.id));
  const isEnterprise = subject.kind === 'enterprise';
  if (!isEnterprise && !mandates.data?.length) return null;
  return (
    <Panel title={t(isEnterprise ? 'mandates.title' : 'mandates.ofPerson')} note={t('mandates.note')}>
      <Loaded query={mandates}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState text={t('mandates.none')} />
          ) : (
            <ul className={css['standing']}>
              {items.map((one) => (
                <MandateEntry key={one.id} mandate={one} isEnterprise={isEnterprise} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

function MandateEntry({ mandate, isEnterprise }: { mandate: Mandate; isEnterprise: boolean }) {
  const { t } = useTranslation();
  const mayEnd = usePermission('request.answer') && (mandate.state === 'acting' || mandate.state === 'named');
  const [isEnding, setIsEnding] = useState(false);
  const [otherId, name] = isEnterprise ? [mandate.personId, mandate.name] : [mandate.enterpriseId, mandate.enterprise];
  return (
    <li>
      <div className={css['line']}>
        <Link to={`/subjects/${otherId}`}>{name || t('mandates.unnamed')}</Link>
        <Tag>{t(`mandates.roles.${mandate.role}`)}</Tag>
        <Tag color={tones[mandate.state]}>
          {mandate.endReason ? t(`mandates.ends.${mandate.endReason}`) : t(`mandates.states.${mandate.state}`)}
        </Tag>
        {mayEnd && (
          <Button size="small" onClick={() => setIsEnding(true)}>
            {t('mandates.end')}
          </Button>
        )}
      </div>
      <div className={`${css['facts']} secondary`}>
        {mandate.acts.map((act) => (
          <span key={act}>{t(`mandates.acts.${act}`)}</span>
        ))}
        <When mandate={mandate} />
      </div>
      {isEnding && <EndMandateDialog mandate={mandate} close={() => setIsEnding(false)} />}
    </li>
  );
}

function When({ mandate: { namedAt, confirmedAt, expiresAt, endedAt } }: { mandate: Mandate }) {
  const { t } = useTranslation();
  return (
    <>
      <span>
        {t(confirmedAt ? 'mandates.confirmedAt' : 'mandates.namedAt')} <Time at={confirmedAt ?? namedAt} />
      </span>
      {expiresAt && !endedAt && (
        <span>
          {t('mandates.until')} <Time at={expiresAt} />
        </span>
      )}
      {endedAt && (
        <span>
          {t('mandates.endedAt')} <Time at={endedAt} />
        </span>
      )}
    </>
  );
}
