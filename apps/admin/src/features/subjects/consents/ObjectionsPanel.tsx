import { useTranslation } from 'react-i18next';
import type { Schemas } from '@abide/client';
import { useLocalized } from '../../../i18n/language.js';
import { Facts } from '../../../ui/Facts.js';
import { Panel } from '../../../ui/Panel.js';
import { Time } from '../../../ui/Time.js';

/** What the subject objected to and it was upheld; nothing where there is none. */
export function ObjectionsPanel({ objections }: { objections: readonly Schemas['ObjectionDto'][] }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  if (objections.length === 0) return null;
  return (
    <Panel title={t('subjectConsents.objections')} note={t('subjectConsents.objectionsNote')}>
      <Facts
        rows={objections.map(({ purpose, name, since, ground }) => [
          localized(name) || purpose,
          <span key={purpose}>
            {t('subjectConsents.objectedBy', { number: ground })} <Time at={since} />
          </span>,
        ])}
      />
    </Panel>
  );
}
