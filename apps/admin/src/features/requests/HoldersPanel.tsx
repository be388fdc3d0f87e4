import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePermission } from '../../session/permissions.js';
import { Panel } from '../../ui/Panel.js';
import { Num } from '../../ui/Num.js';
import { Time } from '../../ui/Time.js';
import { useProblem } from '../../ui/use-problem.js';
import { ManualTask } from './ManualTask.js';
import { HolderOutcomeTag } from './RequestTags.js';
import { useHolderName } from './holder-names.js';
import { useRetryFulfilment, type SubjectRequest } from './requests.queries.js';
import css from './requests.module.css';

/** What says nothing of how much is held there. */
const silent: readonly string[] = ['unreachable', 'withdrawn'];

/** Who has to do something, and how far each of them is; nobody before anything is carried out. */
export function HoldersPanel({ request }: { request: SubjectRequest }) {
  const { t } = useTranslation();
  const { holders, names } = request;
  const holderName = useHolderName(names);
  const mayAnswer = usePermission('request.answer');
  const isAppealed = holders.some(({ round }) => round > 1);
  const asked = request.state === 'fulfilling' ? holders : holders.filter(({ outcome }) => outcome !== null);
  const isAnyKept = asked.some(({ retained }) => retained.length > 0);
  if (asked.length === 0) return null;
  return (
    <Panel
      title={t('requests.holders')}
      extra={request.state === 'fulfilling' && mayAnswer && <AskAgain id={request.id} />}
    >
      <div className={css['wide']} role="region" aria-label={t('requests.holders')} tabIndex={0}>
        <table className={css['table']}>
          <thead>
            <tr>
              <th scope="col">{t('requests.holder')}</th>
              <th scope="col">{t('requests.outcome')}</th>
              <th scope="col" className={css['count']}>
                {t('requests.records')}
              </th>
              {isAnyKept && (
                <th scope="col" className={css['count']}>
                  {t('requests.staying')}
                </th>
              )}
              <th scope="col">{t('requests.answeredAt')}</th>
            </tr>
          </thead>
          <tbody>
            {asked.map(({ name, round, outcome, counts, retained, acknowledgedAt, taskId }) => (
              <tr key={`${round}/${name}`}>
                <th scope="row">
                  {holderName(name)}
                  {isAppealed && <p className="secondary">{t('requests.ofDecision', { round })}</p>}
                </th>
                <td>
                  {outcome ? <HolderOutcomeTag outcome={outcome} /> : t('requests.notYet')}
                  {taskId && <ManualTask request={request} taskId={taskId} />}
                </td>
                <td className={css['count']}>
                  {outcome === null || silent.includes(outcome) ? (
                    <span aria-hidden>–</span>
                  ) : (
                    <Num value={counts.reduce((sum, { count }) => sum + count, 0)} />
                  )}
                </td>
                {isAnyKept && (
                  <td className={css['count']}>
                    {retained.length === 0 ? (
                      <span aria-hidden>–</span>
                    ) : (
                      <Num value={retained.reduce((sum, { count }) => sum + count, 0)} />
                    )}
                  </td>
                )}
                <td>
                  <Time at={acknowledgedAt} />
                  {outcome === 'unreachable' && <p className="secondary">{t('requests.lastTried')}</p>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function AskAgain({ id }: { id: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const showProblem = useProblem();
  const retry = useRetryFulfilment(id);
  const ask = () =>
    retry.mutate(undefined, {
      onSuccess: () => void message.success(t('requests.done.askedAgain')),
      onError: (error) => showProblem(error),
    });
  return (
    <Button size="small" loading={retry.isPending} onClick={ask}>
      {t('requests.askAgain')}
    </Button>
  );
}
