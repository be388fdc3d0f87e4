import { Alert, App, Button, Input, Modal, Popconfirm, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocalized } from '../../i18n/language.js';
import { useRegistryNames } from '../../ui/registry-names.js';
import { SecretDialog } from '../../ui/SecretDialog.js';
import { useProblem } from '../../ui/use-problem.js';
import {
  useCheckHolder,
  useCollectHolderSecret,
  useEndHolder,
  useResumeHolder,
  type OutsideHolder,
} from './holders.queries.js';

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
        <Button size="small" onClick={() => setEnding('suspension')}>
          {t('holders.suspend')}
        </Button>
      ) : (
        <Button
          size="small"
          loading={resume.isPending}
          onClick={() => resume.mutate(holder.id, { onSuccess: resumed, onError })}
        >
          {t('holders.resume')}
        </Button>
      )}
      <Button size="small" danger onClick={() => setEnding('removal')}>
        {t('holders.remove')}
      </Button>
      {ending && <EndDialog holder={holder} how={ending} close={() => setEnding(null)} />}
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
      size="small"
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
        onConfirm={() =>
          collect.mutate(holder.id, {
            onSuccess: ({ secret }) => setShown(secret),
            onError: (error) => showProblem(error),
          })
        }
      >
        <Button size="small" type="primary" loading={collect.isPending}>
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

function EndDialog({ holder, how, close }: { holder: OutsideHolder; how: Ending; close: () => void }) {
  const { t } = useTranslation();
  const showProblem = useProblem();
  const localized = useLocalized();
  const [reason, setReason] = useState('');
  const end = useEndHolder();
  const act = how === 'removal' ? 'remove' : 'suspend';
  const open = holder.waiting + holder.dead;
  return (
    <Modal
      open
      title={t(`holders.${act}Title`, { name: localized(holder.name) })}
      okText={t(`holders.${act}`)}
      okButtonProps={{ danger: true, disabled: reason.trim() === '', loading: end.isPending }}
      onCancel={close}
      onOk={() =>
        end.mutate({ id: holder.id, how, reason }, { onSuccess: close, onError: (error) => showProblem(error) })
      }
    >
      <p>{t(`holders.${act}Hint`)}</p>
      {open > 0 && <Alert type="warning" showIcon title={t('holders.stillAsked', { count: open })} />}
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
