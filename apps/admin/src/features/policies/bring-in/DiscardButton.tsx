import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useProblem } from '../../../ui/use-problem.js';
import { discardImport, showImport } from './imports.queries.js';

interface Props {
  readonly imported: { readonly id: string; readonly fileName: string };
  readonly isSmall?: boolean;
}

/** Ends an import without a draft; nothing of its text is kept. */
export function DiscardButton({ imported: { id, fileName }, isSmall = false }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const client = useQueryClient();
  const showProblem = useProblem();
  const discard = useMutation({
    mutationFn: () => discardImport(id),
    onSuccess: (answer) => {
      showImport(client, answer);
      void message.success(t('bringIn.discardedNow', { name: fileName }));
      void navigate('/policies/import');
    },
    onError: (error) => showProblem(error),
  });
  return (
    <Popconfirm
      title={t('bringIn.discardSure', { name: fileName })}
      okText={t('bringIn.discard')}
      onConfirm={() => discard.mutate()}
    >
      <Button danger loading={discard.isPending} {...(isSmall ? { size: 'small', type: 'link' } : {})}>
        {t('bringIn.discard')}
      </Button>
    </Popconfirm>
  );
}
