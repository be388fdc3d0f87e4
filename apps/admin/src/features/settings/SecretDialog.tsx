import { Alert, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServiceClientSecret } from './settings.types.js';
import { Facts } from '../../ui/Facts.js';
import { Time } from '../../ui/Time.js';

/** Shows a new secret, this once; the server keeps only its hash. */
export function SecretDialog({ shown, close }: { shown: ServiceClientSecret; close: () => void }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(shown.secret);
    setCopied(true);
  };
  return (
    <Modal
      open
      title={t('settings.clients.secret')}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" onClick={close}>
          {t('settings.clients.secretKept')}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={t('settings.clients.secretOnce')} style={{ marginBottom: 12 }} />
      <Facts
        rows={[
          [
            t('settings.clients.id'),
            <span key="id" className="code">
              {shown.id}
            </span>,
          ],
          [
            t('settings.clients.secret'),
            <span key="secret">
              <span className="code" translate="no">
                {shown.secret}
              </span>{' '}
              <Button size="small" onClick={() => void copy()}>
                {t(copied ? 'settings.clients.copied' : 'settings.clients.copy')}
              </Button>
            </span>,
          ],
          [t('settings.clients.expiresAt'), shown.expiresAt && <Time at={shown.expiresAt} />],
        ]}
      />
    </Modal>
  );
}
