import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client.js';
import { Loaded } from '../../ui/Loaded.js';
import { Panel } from '../../ui/Panel.js';
import { useProblem } from '../../ui/use-problem.js';

const queryKey = ['account', 'settings'] as const;

/** Whether a mail a day says that something waits. */
export function DigestPanel() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const showProblem = useProblem();
  const settings = useQuery({
    queryKey,
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operator/settings', { signal })),
  });
  const change = useMutation({
    mutationFn: (digest: boolean) => answerOf(api.PUT('/api/v1/operator/settings', { body: { digest } })),
    onSuccess: (kept) => client.setQueryData(queryKey, kept),
    onError: (error) => showProblem(error),
  });
  return (
    <Panel title={t('account.digest')} note={t('account.digestNote')}>
      <Loaded query={settings}>
        {({ digest }) => (
          <label style={{ display: 'flex', gap: 8 }}>
            <Switch checked={digest} loading={change.isPending} onChange={(wanted) => change.mutate(wanted)} />
            <span>{t('account.digestWanted')}</span>
          </label>
        )}
      </Loaded>
    </Panel>
  );
}
