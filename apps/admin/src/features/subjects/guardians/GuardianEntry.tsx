import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Subject } from '../../../api/types.js';
import { usePermission } from '../../../session/permissions.js';
import { Time } from '../../../ui/Time.js';
import { DecisionDialog } from './DecisionDialog.js';
import { GuardianEvidenceDialog } from './GuardianEvidenceDialog.js';
import { decisionsAbout } from './guardian-decisions.js';
import type { GuardianDecision, Guardianship } from './guardians.queries.js';
import css from '../consents/consents.module.css';

/** One guardian: who, how far it has come, what counts, and what to do next. */
export function GuardianEntry({ subject, guardianship }: { subject: Subject; guardianship: Guardianship }) {
  const { t } = useTranslation();
  const mayDecide = usePermission('guardian.decide');
  const [deciding, setDeciding] = useState<GuardianDecision['about'] | null>(null);
  const [isReading, setIsReading] = useState(false);
  const { guardian, guardianId, state, endReason } = guardianship;
  const name = guardian
    ? [guardian.displayName, guardian.masked].filter(Boolean).join(' · ')
    : t('guardians.forgotten');
  return (
    <li>
      <div className={css['line']}>
        <strong translate="no">{guardianId ? <Link to={`/subjects/${guardianId}`}>{name}</Link> : name}</strong>
        <Tag color={state === 'confirmed' ? 'success' : 'default'}>
          {endReason ? t(`guardians.ends.${endReason}`) : t(`guardians.states.${state}`)}
        </Tag>
        {guardianship.withdrawalStands && <Tag color="error">{t('guardians.withdrawalStands')}</Tag>}
      </div>
      <What guardianship={guardianship} />
      {mayDecide && (
        <div className={css['line']}>
          {decisionsAbout(guardianship, subject.minor === 'under14').map((about) => (
            <Button key={about} size="small" onClick={() => setDeciding(about)}>
              {t(`guardians.decide.${about}`)}
            </Button>
          ))}
          <Button size="small" type="link" style={{ paddingInline: 0 }} onClick={() => setIsReading(true)}>
            {t('guardians.readEvidence')}
          </Button>
        </div>
      )}
      {deciding && (
        <DecisionDialog
          subjectId={subject.id}
          guardianshipId={guardianship.id}
          about={deciding}
          close={() => setDeciding(null)}
        />
      )}
      {isReading && (
        <GuardianEvidenceDialog
          subjectId={subject.id}
          guardianshipId={guardianship.id}
          close={() => setIsReading(false)}
        />
      )}
    </li>
  );
}

function What({
  guardianship: { kind, adultBy, ageDueAt, awaits, confirmedAt, consentedAt, consentWithdrawnAt, requestedAt },
}: {
  guardianship: Guardianship;
}) {
  const { t } = useTranslation();
  return (
    <div className={`${css['facts']} secondary`}>
      <span>{t(`guardians.kinds.${kind}`)}</span>
      <span>
        {confirmedAt ? t('guardians.confirmed') : t('guardians.requested')} <Time at={confirmedAt ?? requestedAt} />
      </span>
      {consentedAt && !consentWithdrawnAt && (
        <span>
          {t('guardians.consented')} <Time at={consentedAt} />
        </span>
      )}
      {consentWithdrawnAt && (
        <span>
          {t('guardians.withdrew')} <Time at={consentWithdrawnAt} />
        </span>
      )}
      {adultBy && <span>{t(`guardians.adultBy.${adultBy}`)}</span>}
      {awaits.map((one) => (
        <span key={one}>{t(`guardians.awaits.${one}`)}</span>
      ))}
      {ageDueAt && (
        <span>
          {t('guardians.countsUntil')} <Time at={ageDueAt} />
        </span>
      )}
    </div>
  );
}
