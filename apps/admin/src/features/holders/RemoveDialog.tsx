import { useQuery } from '@tanstack/react-query';
import { Alert, App } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocalized } from '../../i18n/language.js';
import { Loaded } from '../../ui/Loaded.js';
import { useProblem } from '../../ui/use-problem.js';
import { removalQuery, useRemoveHolder, type OutsideHolder, type Removal } from './holders.queries.js';
import { ReasonDialog } from './ReasonDialog.js';

/** Proposes that a holder is removed, once it is said which requests that leaves to a person. */
export function RemoveDialog({ holder, close }: { holder: OutsideHolder; close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const showProblem = useProblem();
  const localized = useLocalized();
  const remove = useRemoveHolder(holder.id);
  const send = (reason: string) =>
    remove.mutate(reason, {
      onSuccess: (outcome) => {
        if ('change' in outcome) void message.info(t('holders.waiting'));
        close();
      },
      onError: (error) => showProblem(error),
    });
  return (
    <ReasonDialog
      title={t('holders.removeTitle', { name: localized(holder.name) })}
      act={t('holders.remove')}
      isDanger
      isPending={remove.isPending}
      send={send}
      close={close}
    >
      <p>{t('holders.removeHint')}</p>
      <Loaded query={useQuery(removalQuery(holder.id))}>{(expecting) => <Follows {...expecting} />}</Loaded>
    </ReasonDialog>
  );
}

/** How many requests still count on it, and what becomes of them. */
function Follows({ decided, undecided }: Removal) {
  const { t } = useTranslation();
  const open = decided + undecided;
  if (open === 0) return <p>{t('holders.nobodyExpects')}</p>;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('holders.stillExpected', { count: open })}
      description={t('holders.becomesTasks')}
    />
  );
}
