import { useTranslation } from 'react-i18next';
import { SecretDialog } from '../../ui/SecretDialog.js';
import { Time } from '../../ui/Time.js';
import type { ServiceClientSecret } from './settings.types.js';

/** Shows a new secret with the id that goes with it; the server keeps only its hash. */
export function ClientSecretDialog({ shown, close }: { shown: ServiceClientSecret; close: () => void }) {
  const { t } = useTranslation();
  return (
    <SecretDialog
      title={t('settings.clients.secret')}
      once={t('settings.clients.secretOnce')}
      secret={shown.secret}
      facts={[
        [
          t('settings.clients.id'),
          <span key="id" className="code">
            {shown.id}
          </span>,
        ],
        [t('settings.clients.expiresAt'), shown.expiresAt && <Time at={shown.expiresAt} />],
      ]}
      close={close}
    />
  );
}
