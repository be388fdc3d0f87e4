import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { PendingChange } from '../../api/types.js';
import { useOperator } from '../../session/session.queries.js';
import { useChangeTitle } from '../../ui/change-title.js';
import { Facts } from '../../ui/Facts.js';
import { Loaded } from '../../ui/Loaded.js';
import { OpensList } from '../../ui/OpensList.js';
import { Page } from '../../ui/Page.js';
import { Panel, TwoColumns } from '../../ui/Panel.js';
import { DaysLeft, Time } from '../../ui/Time.js';
import { ChangeFacts } from './ChangeFacts.js';
import { changeQuery } from './changes.queries.js';
import { DecideForm } from './DecideForm.js';

/** A change that waits for a second operator: what it would open, what is proposed, and the decision. */
export function ChangePage() {
  const { id = '' } = useParams();
  return <Loaded query={useQuery(changeQuery(id))}>{(change) => <Change change={change} />}</Loaded>;
}

function Change({ change }: { change: PendingChange }) {
  const { t } = useTranslation();
  const title = useChangeTitle()(change);
  const isWaiting = change.state === 'waiting';
  return (
    <Page
      title={title}
      tags={<Tag color={isWaiting ? 'processing' : 'default'}>{t(`changes.states.${change.state}`)}</Tag>}
      {...(isWaiting ? { purpose: t(`changes.purposes.${change.kind}`, { defaultValue: t('changes.purpose') }) } : {})}
    >
      <TwoColumns
        left={
          <>
            {change.opens.length > 0 && (
              <Panel title={t(`changes.opensOf.${change.kind}`, { defaultValue: t('changes.opens') })}>
                <OpensList opens={change.opens} more={change.opensMore} />
              </Panel>
            )}
            {isWaiting && (change.mayConfirm ? <DecideForm change={change} /> : <NotMine change={change} />)}
          </>
        }
        right={
          <Panel title={t('changes.facts')}>
            <ChangeFacts change={change} />
            <Decided change={change} />
          </Panel>
        }
      />
    </Page>
  );
}

function NotMine({ change }: { change: PendingChange }) {
  const { t } = useTranslation();
  const { id } = useOperator();
  const why = change.object.type === 'operator' && change.object.id === id ? 'aboutYou' : 'notYours';
  return (
    <Panel>
      <p>
        {id === change.proposedBy.id
          ? t(`changes.ownOf.${change.kind}`, { defaultValue: t('changes.own') })
          : t(`changes.${why}Of.${change.kind}`, { defaultValue: t(`changes.${why}`) })}
      </p>
    </Panel>
  );
}

/** Who proposed it and until when it waits, or who decided and why. */
function Decided({
  change: { proposedBy, proposedAt, expiresAt, decidedBy, decidedAt, reason, state },
}: {
  change: PendingChange;
}) {
  const { t } = useTranslation();
  const byAt = (name: string, at: string) => (
    <>
      {name} · <Time at={at} />
    </>
  );
  return (
    <Facts
      rows={[
        [t('changes.proposedBy'), byAt(proposedBy.name, proposedAt)],
        [t('changes.until'), state === 'waiting' && <DaysLeft until={expiresAt} />],
        [t('changes.decidedBy'), decidedBy && decidedAt && byAt(decidedBy.name, decidedAt)],
        [t('changes.reason'), reason],
      ]}
    />
  );
}
