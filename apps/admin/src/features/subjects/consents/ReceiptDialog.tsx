import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { saveAsFile } from '../../../ui/csv.js';
import { Loaded } from '../../../ui/Loaded.js';
import { shortInstant } from '../../../ui/time-text.js';
import { receiptQuery } from './subject-consents.queries.js';
import css from './consents.module.css';

interface Props {
  readonly subjectId: string;
  readonly receiptId: string;
  readonly at: string;
  readonly close: () => void;
}

/** A receipt whole, to read, to save, and how to verify it. */
export function ReceiptDialog({ subjectId, receiptId, at, close }: Props) {
  const { t } = useTranslation();
  const receipt = useQuery(receiptQuery(subjectId, receiptId));
  const file = `receipt-${receiptId}.json`;
  return (
    <Modal
      open
      title={t('subjectConsents.receiptOf', { at: shortInstant(new Date(at)) })}
      footer={null}
      width={720}
      onCancel={close}
    >
      <Loaded query={receipt}>
        {(record) => {
          const text = JSON.stringify(record, null, 2);
          return (
            <>
              <p>
                {t('subjectConsents.receiptNote')} <span className="code">npx abide receipt verify {file}</span>
              </p>
              <pre className={css['receipt']} tabIndex={0} role="region" aria-label={t('subjectConsents.receipt')}>
                {text}
              </pre>
              <Button
                type="primary"
                icon={<DownloadOutlined />}
                onClick={() => saveAsFile(file, text, 'application/json')}
              >
                {t('subjectConsents.download')}
              </Button>
            </>
          );
        }}
      </Loaded>
    </Modal>
  );
}
