import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ChangePreview } from '../consent.types.js';
import { OpensList } from '../../../ui/OpensList.js';
import css from './registries.module.css';

/** What a change would open, before it is asked for, and whether it would wait for a second operator. */
export function ForeseenChange({ preview }: { preview: ChangePreview }) {
  const { t } = useTranslation();
  return (
    <Alert
      className={css['refused'] ?? ''}
      type="warning"
      showIcon
      title={t('consent.foreseen.title')}
      description={
        // A long list scrolls, and must then be reachable by keyboard.
        <div className={css['places']} role="region" aria-label={t('consent.foreseen.title')} tabIndex={0}>
          <OpensList opens={preview.opens} more={preview.opensMore} />
          <p>{t(preview.waits ? 'consent.foreseen.waits' : 'consent.foreseen.atOnce')}</p>
        </div>
      }
    />
  );
}
