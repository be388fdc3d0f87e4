import { Alert, Button, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Facts } from './Facts.js';

interface Props {
  readonly title: string;
  /** That it is shown this once, and what to do with it. */
  readonly once: string;
  readonly secret: string;
  /** What else whoever keeps it has to know, before it. */
  readonly facts?: readonly (readonly [label: string, value: ReactNode])[];
  readonly close: () => void;
}

/** Shows a secret, this once: it goes only when somebody says that they have kept it. */
export function SecretDialog({ title, once, secret, facts = [], close }: Props) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    setCopied(true);
  };
  return (
    <Modal
      open
      title={title}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" onClick={close}>
          {t('ui.secretKept')}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={once} style={{ marginBottom: 12 }} />
      <Facts
        rows={[
          ...facts,
          [
            title,
            <span key="secret">
              <span className="code" translate="no">
                {secret}
              </span>{' '}
              <Button size="small" onClick={() => void copy()}>
                {t(copied ? 'ui.copied' : 'ui.copy')}
              </Button>
            </span>,
          ],
        ]}
      />
    </Modal>
  );
}
