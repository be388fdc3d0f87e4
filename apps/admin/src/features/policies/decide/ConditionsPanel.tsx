import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ActivationConditions } from '../policies.types.js';
import { useLocalized } from '../../../i18n/language.js';
import { useDevelopment } from '../../../ui/development.js';
import { Facts } from '../../../ui/Facts.js';
import { Panel } from '../../../ui/Panel.js';
import { StateTag } from '../../../ui/StateTag.js';
import { DaysLeft, Time } from '../../../ui/Time.js';
import { daysUntil } from '../../../ui/time-text.js';
import css from './decide.module.css';

/** What a scheduled revision still waits for, each condition with the days it takes. */
export function ConditionsPanel({
  conditions,
  campaignId,
}: {
  conditions: ActivationConditions;
  campaignId: string | null;
}) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const { missing, met } = conditions;
  return (
    <Panel title={t('policies.conditions.title')} extra={<StateTag state={conditions.materiality} />}>
      <LeadTime conditions={conditions} />
      {met ? (
        <Alert type="success" showIcon title={t('policies.conditions.met')} />
      ) : (
        <ul className={css['missing']}>
          {missing
            .filter(({ code }) => code !== 'leadTime')
            .map(({ code, message, until }) => (
              <li key={code}>
                <span>{localized(message) || t(`policies.conditions.${code}`, { defaultValue: code })}</span>
                {until && <DaysLeft until={until} />}
              </li>
            ))}
        </ul>
      )}
      <Facts
        rows={[
          [t('policies.effectiveAt'), <Time key="effect" at={conditions.effectiveAt} />],
          [t('policies.conditions.leadStartedAt'), conditions.leadStartedAt && <Time at={conditions.leadStartedAt} />],
          [t('policies.conditions.leadEndsAt'), conditions.leadEndsAt && <Time at={conditions.leadEndsAt} />],
          [
            t('frame.entries.campaigns'),
            campaignId && <Link to={`/campaigns/${campaignId}`}>{t('policies.openCampaign')}</Link>,
          ],
        ]}
      />
    </Panel>
  );
}

/** "3 days of notice have passed, 4 more are needed", or that the clock has not started. */
function LeadTime({ conditions }: { conditions: ActivationConditions }) {
  const { t } = useTranslation();
  const { now } = useDevelopment();
  const { requiredLeadDays, leadStartedAt, leadEndsAt } = conditions;
  if (requiredLeadDays === 0) return <p>{t('policies.conditions.noLead')}</p>;
  if (!leadStartedAt || !leadEndsAt)
    return <p>{t('policies.conditions.leadNotStarted', { count: requiredLeadDays })}</p>;
  const left = daysUntil(new Date(leadEndsAt), now());
  if (left === 0) return <p>{t('policies.conditions.leadPassed', { count: requiredLeadDays })}</p>;
  return (
    <p>
      {t('policies.conditions.leadProgress', {
        passed: Math.max(0, requiredLeadDays - left),
        of: requiredLeadDays,
        count: left,
      })}
    </p>
  );
}
