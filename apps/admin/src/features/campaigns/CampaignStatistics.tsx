import { choiceWords, labelOf } from '@abide/rulebook';
import { useTranslation } from 'react-i18next';
import type { Campaign } from './campaigns.types.js';
import { currentLanguage } from '../../i18n/language.js';
import { Facts } from '../../ui/Facts.js';
import { Meter } from '../../ui/Meter.js';
import { Num } from '../../ui/Num.js';
import css from './campaigns.module.css';

/** How far the campaign has come: coverage as a bar, and the figures behind it by channel. */
export function CampaignStatistics({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { attempted, queued = {}, failed = {} } = campaign;
  const nameOf = (channel: string) => t(`campaigns.channels.${channel}`, { defaultValue: channel });
  return (
    <>
      <Meter label={t('campaigns.coverage')} value={campaign.coverage} of={1} />
      <p className="secondary">{t('campaigns.coverageHint')}</p>
      <Facts
        rows={[
          ...(campaign.meantFor === 'children'
            ? ([[t('campaigns.meantFor'), labelOf('audience', 'children', currentLanguage())]] as const)
            : []),
          [t('campaigns.audience'), <Num key="audience" value={campaign.audience} />],
          [t('campaigns.noticed'), <Num key="noticed" value={campaign.noticed} />],
          [t('campaigns.read'), <Num key="read" value={campaign.read} />],
          [t('campaigns.reachable'), campaign.reachable !== undefined && <Num value={campaign.reachable} />],
          [t('campaigns.unreachable'), campaign.unreachable !== undefined && <Num value={campaign.unreachable} />],
        ]}
      />
      <table className={css['channels']}>
        <thead>
          <tr>
            <th scope="col">{t('campaigns.channel')}</th>
            <th scope="col">{t('campaigns.attempted')}</th>
            <th scope="col">{t('campaigns.queued')}</th>
            <th scope="col">{t('campaigns.failed')}</th>
          </tr>
        </thead>
        <tbody>
          {campaign.channels.map((channel) => (
            <tr key={channel}>
              <th scope="row">{nameOf(channel)}</th>
              {channel === 'website' ? (
                <td colSpan={3}>{t('campaigns.onWebsite')}</td>
              ) : (
                <>
                  <td>
                    <Num value={attempted[channel] ?? 0} />
                  </td>
                  <td>
                    <Num value={queued[channel]} />
                  </td>
                  <td>
                    <Num value={failed[channel]} />
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {campaign.anyOf.map((choice, index) => (
        <p key={index} className="secondary">
          {t('campaigns.oneOf', { choice: choiceWords(choice.map(nameOf), currentLanguage()) })}
        </p>
      ))}
    </>
  );
}
