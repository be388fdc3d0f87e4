import { Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import css from './holders.module.css';

interface Props {
  readonly title: string;
  /** What it does, on the button. */
  readonly act: string;
  readonly isDanger?: boolean;
  readonly isPending: boolean;
  /** What follows from it. */
  readonly children: ReactNode;
  readonly send: (reason: string) => void;
  readonly close: () => void;
}

/** An act on a holder that is not done without a reason. */
export function ReasonDialog({ title, act, isDanger = false, isPending, children, send, close }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  return (
    <Modal
      open
      title={title}
      okText={act}
      okButtonProps={{ danger: isDanger, disabled: reason.trim() === '', loading: isPending }}
      onCancel={close}
      onOk={() => send(reason)}
    >
      <div className={css['follows']}>{children}</div>
      <label>
        {t('holders.reason')}
        <Input.TextArea
          placeholder={t('holders.reasonMissing')}
          maxLength={500}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
    </Modal>
  );
}
