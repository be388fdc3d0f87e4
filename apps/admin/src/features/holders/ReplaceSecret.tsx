import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocalized } from '../../i18n/language.js';
import { useProblem } from '../../ui/use-problem.js';
import { useReplaceSecret, type OutsideHolder } from './holders.queries.js';
import { ReasonDialog } from './ReasonDialog.js';

/** Proposes another secret for a service, where it was lost or leaked. */
export function ReplaceSecret({ holder }: { holder: OutsideHolder }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const showProblem = useProblem();
  const localized = useLocalized();
  const [isOpen, setOpen] = useState(false);
  const replace = useReplaceSecret(holder.id);
  const close = () => setOpen(false);
  const send = (reason: string) =>
    replace.mutate(reason, {
      onSuccess: (outcome) => {
        if ('change' in outcome) void message.info(t('holders.waiting'));
        close();
      },
      onError: (error) => showProblem(error),
    });
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('holders.replaceSecret')}</Button>
      {isOpen && (
        <ReasonDialog
          title={t('holders.replaceSecretTitle', { name: localized(holder.name) })}
          act={t('holders.replaceSecret')}
          isPending={replace.isPending}
          send={send}
          close={close}
        >
          <p>{t('holders.replaceSecretHint')}</p>
        </ReasonDialog>
      )}
    </>
  );
}
