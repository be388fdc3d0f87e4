import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SeenEvent } from '../subjects.types.js';
import { useRegistryNames } from '../../../ui/registry-names.js';
import css from './telemetry.module.css';

/** For which purposes an event is kept, by which clause, and on which consent. */
export function LineageTable({ subjectId, lineage }: { subjectId: string; lineage: SeenEvent['lineage'] }) {
  const { t } = useTranslation();
  const { nameOf } = useRegistryNames();
  const title = t('subjectTelemetry.lineage');
  return (
    <div className={css['scroll']} role="region" aria-label={title} tabIndex={0}>
      <table className={css['lineage']}>
        <thead>
          <tr>
            <th scope="col">{t('subjectTelemetry.purpose')}</th>
            <th scope="col">{t('subjectTelemetry.basis')}</th>
            <th scope="col">{t('subjectTelemetry.clause')}</th>
            <th scope="col">{t('subjectTelemetry.consent')}</th>
          </tr>
        </thead>
        <tbody>
          {lineage.map(({ purpose, policy, revision, clause, basis, consentEvent }) => (
            <tr key={purpose}>
              <th scope="row">{nameOf('purposes', purpose)}</th>
              <td>{t(`decisions.why.bases.${basis}`, { defaultValue: basis })}</td>
              <td>
                <a href={`/policies/${policy}/${revision}#c-${clause}`} target="_blank" rel="noreferrer">
                  {t('ui.kept.clause', { policy, revision, clause })}
                </a>
              </td>
              <td>
                {consentEvent ? (
                  <Link to={`/subjects/${subjectId}/consents#consent-${consentEvent}`}>
                    {t('decisions.why.seeConsent')}
                  </Link>
                ) : (
                  <span aria-hidden>–</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
