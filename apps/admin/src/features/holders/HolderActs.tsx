import { Alert, App, Button, Popconfirm, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocalized } from '../../i18n/language.js';
import { useRegistryNames } from '../../ui/registry-names.js';
import { SecretDialog } from '../../ui/SecretDialog.js';
import { useProblem } from '../../ui/use-problem.js';
import {
  useCheckHolder,
  useCollectHolderSecret,
  useResumeHolder,
  useSuspendHolder,
  type OutsideHolder,
} from './holders.queries.js';
import { ReasonDialog } from './ReasonDialog.js';
import { RemoveDialog } from './RemoveDialog.js';

type Ending = 'suspension' | 'removal';

/** What an administrator does with a holder. */
export function HolderActs({ holder }: { holder: OutsideHolder }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const showProblem = useProblem();
  const [ending, setEnding] = useState<Ending | null>(null);
  const resume = useResumeHolder();
  const onError = (error: Error) => showProblem(error);
  const isActive = holder.state === 'active';
  const resumed = (outcome: NonNullable<typeof resume.data>) =>
    'change' in outcome && void message.info(t('holders.waiting'));
  return (
    <Space wrap>
      {isActive && holder.kind !== 'person' && <CheckButton holder={holder} />}
      <SecretButton holder={holder} />
      {isActive ? (
        <Button onClick={() => setEnding('suspension')}>{t('holders.suspend')}</Button>
      ) : (
        <Button loading={resume.isPending} onClick={() => resume.mutate(holder.id, { onSuccess: resumed, onError })}>
          {t('holders.resume')}
        </Button>
      )}
      <Button danger onClick={() => setEnding('removal')}>
        {t('holders.remove')}
      </Button>
      {ending === 'suspension' && <SuspendDialog holder={holder} close={() => setEnding(null)} />}
      {ending === 'removal' && <RemoveDialog holder={holder} close={() => setEnding(null)} />}
    </Space>
  );
}

function CheckButton({ holder }: { holder: OutsideHolder }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const localized = useLocalized();
  const { nameOf } = useRegistryNames();
  const showProblem = useProblem();
  const check = useCheckHolder();
  const told = ({ failure, unregistered, appeared, gone }: NonNullable<typeof check.data>) => {
    if (failure) {
      const names = (list: readonly string[]) => ({ names: list.join(t('ui.listSeparator')) });
      const drift = [
        appeared.length > 0 && t('holders.appeared', names(appeared)),
        gone.length > 0 && t('holders.gone', names(gone)),
      ];
      return void message.error([t(`holders.failures.${failure}`), ...drift].filter(Boolean).join(' '), 8);
    }
    const categories = unregistered.map((code) => nameOf('categories', code)).join(t('ui.listSeparator'));
    if (categories) return void message.warning(t('holders.unregistered', { categories }));
    void message.success(t('holders.checked', { name: localized(holder.name) }));
  };
  return (
    <Button
      loading={check.isPending}
      onClick={() => check.mutate(holder.id, { onSuccess: told, onError: (error) => showProblem(error) })}
    >
      {t('holders.check')}
    </Button>
  );
}

/** For whoever proposed what has been confirmed since; the server knows who that is. */
function SecretButton({ holder }: { holder: OutsideHolder }) {
  const { t } = useTranslation();
  const showProblem = useProblem();
  const [shown, setShown] = useState<string | null>(null);
  const collect = useCollectHolderSecret();
  if (!holder.secretDue && shown === null) return null;
  return (
    <>
      <Popconfirm
        title={t('holders.secretOnce')}
        okText={t('holders.secret')}
        onConfirm={() =>
          collect.mutate(holder.id, {
            onSuccess: ({ secret }) => setShown(secret),
            onError: (error) => showProblem(error),
          })
        }
      >
        <Button type="primary" loading={collect.isPending}>
          {t('holders.secret')}
        </Button>
      </Popconfirm>
      {shown !== null && (
        <SecretDialog
          title={t('holders.secretName')}
          once={t('holders.secretOnce')}
          secret={shown}
          close={() => setShown(null)}
        />
      )}
    </>
  );
}

function SuspendDialog({ holder, close }: { holder: OutsideHolder; close: () => void }) {
  const { t } = useTranslation();
  const showProblem = useProblem();
  const localized = useLocalized();
  const suspend = useSuspendHolder(holder.id);
  const open = holder.waiting + holder.dead;
  return (
    <ReasonDialog
      title={t('holders.suspendTitle', { name: localized(holder.name) })}
      act={t('holders.suspend')}
      isDanger
      isPending={suspend.isPending}
      send={(reason) => suspend.mutate(reason, { onSuccess: close, onError: (error) => showProblem(error) })}
      close={close}
    >
      <p>{t('holders.suspendHint')}</p>
      {open > 0 && <Alert type="warning" showIcon title={t('holders.stillAsked', { count: open })} />}
    </ReasonDialog>
  );
}
