import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePermission } from '../../session/permissions.js';
import { useOperator } from '../../session/session.queries.js';
import { Panel } from '../../ui/Panel.js';
import { ProblemAlert } from '../../ui/ProblemAlert.js';
import { DecideChangeDialog } from './DecideChangeDialog.js';
import { OperatorChangeFacts, ProposedBy, useChangeTitle } from './OperatorChangeFacts.js';
import { mayDecideOn } from './may-decide.js';
import { everyOperatorQuery, waitingChangesQuery, type OperatorChange } from './settings.queries.js';
import css from './settings.module.css';

/** What waits for a second person; nothing at all while nothing does. */
export function WaitingChanges() {
  const { t } = useTranslation();
  const changes = useQuery(waitingChangesQuery);
  const [decided, setDecided] = useState<OperatorChange | null>(null);
  if (changes.isError) return <ProblemAlert error={changes.error} />;
  if (!changes.data || changes.data.length === 0) return null;
  return (
    <Panel title={t('settings.operators.changes.title')} note={t('settings.operators.changes.note')}>
      <ul className={css['changes']}>
        {changes.data.map((change) => (
          <Waiting key={change.id} change={change} decide={() => setDecided(change)} />
        ))}
      </ul>
      {decided && <DecideChangeDialog change={decided} close={() => setDecided(null)} />}
    </Panel>
  );
}

function Waiting({ change, decide }: { change: OperatorChange; decide: () => void }) {
  const { t } = useTranslation();
  const title = useChangeTitle(change);
  const { id } = useOperator();
  const isOwn = id === change.proposedBy.id;
  const isAboutMe = id === change.operator?.id;
  const mayEverDecide = usePermission('change.decide');
  const found = useQuery({ ...everyOperatorQuery, enabled: mayEverDecide }).data;
  const everybody = mayEverDecide ? found : undefined;
  const mayDecide = everybody !== undefined && mayDecideOn(change, id, everybody);
  const isForOthers = everybody !== undefined && !mayDecide && !isOwn && !isAboutMe;
  return (
    <li>
      <div>
        <strong>{title}</strong>
        <ProposedBy change={change} />
        <OperatorChangeFacts change={change} />
        {isOwn && <div className="secondary">{t('settings.operators.changes.own')}</div>}
        {isAboutMe && <div className="secondary">{t('settings.operators.changes.aboutYou')}</div>}
        {isForOthers && <div className="secondary">{t('settings.operators.changes.others')}</div>}
      </div>
      {mayDecide && (
        <Button
          type="primary"
          size="small"
          aria-label={`${t('settings.operators.changes.decide')}: ${title}`}
          onClick={decide}
        >
          {t('settings.operators.changes.decide')}
        </Button>
      )}
    </li>
  );
}
