import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { waitingChangesQuery } from '../../api/waiting-changes.js';
import { usePermission } from '../../session/permissions.js';
import { Facts } from '../../ui/Facts.js';
import { LinkButton } from '../../ui/LinkButton.js';
import { Loaded } from '../../ui/Loaded.js';
import { MinorLookGate } from '../../ui/MinorLookGate.js';
import { Page } from '../../ui/Page.js';
import { Panel } from '../../ui/Panel.js';
import { Time } from '../../ui/Time.js';
import { holdQuery, type Hold } from './holds.queries.js';
import { HoldStateTag, useCovered } from './HoldTags.js';
import { LiftHoldDialog } from './LiftHoldDialog.js';

/** One hold: why, what it covers, until when, what it rests on, and whether it is to be lifted. */
export function HoldPage() {
  const { id = '' } = useParams();
  return <Loaded query={useQuery(holdQuery(id))}>{(hold) => <TheHold hold={hold} />}</Loaded>;
}

function TheHold({ hold }: { hold: Hold }) {
  const { t } = useTranslation();
  return (
    <Page
      title={hold.article}
      trail={<Link to="/holds">{t('frame.entries.holds')}</Link>}
      tags={<HoldStateTag state={hold.state} />}
      actions={<Lifting hold={hold} />}
    >
      <Panel title={t('holds.what')}>
        <HoldFacts hold={hold} />
        {hold.isWithheld && <MinorLookGate subjectId={hold.subjectId} />}
      </Panel>
    </Page>
  );
}

/** Asks for it, or leads to what waits for a second operator. */
function Lifting({ hold: { id, state } }: { hold: Hold }) {
  const { t } = useTranslation();
  const mayLift = usePermission('hold.write');
  const [isLifting, setLifting] = useState(false);
  const waiting = useQuery(waitingChangesQuery).data?.find(({ object }) => object.type === 'hold' && object.id === id);
  if (state !== 'inForce') return null;
  if (waiting) return <LinkButton to={`/changes/${waiting.id}`}>{t('holds.liftingWaits')}</LinkButton>;
  if (!mayLift) return null;
  return (
    <>
      <Button onClick={() => setLifting(true)}>{t('holds.lift')}</Button>
      {isLifting && <LiftHoldDialog id={id} close={() => setLifting(false)} />}
    </>
  );
}

function HoldFacts({ hold }: { hold: Hold }) {
  const { t } = useTranslation();
  const covered = useCovered();
  const at = (instant: string | null) => instant && <Time at={instant} />;
  return (
    <Facts
      rows={[
        [
          t('holds.person'),
          <Link key="person" to={`/subjects/${hold.subjectId}`}>
            {hold.displayName ?? t('holds.unnamed')}
          </Link>,
        ],
        [t('holds.ground'), t(`holds.grounds.${hold.ground}`)],
        [t('holds.covers'), covered(hold)],
        [t('holds.from'), at(hold.from)],
        [t('holds.to'), at(hold.to)],
        [t('holds.until'), at(hold.until)],
        [
          t('holds.told'),
          hold.barredArticle === null ? t('holds.seen') : t('holds.barredBy', { article: hold.barredArticle }),
        ],
        [t('holds.notes'), hold.notes],
        [t('holds.documents'), hold.documents.length > 0 && <Documents hold={hold} />],
        [t('holds.placedBy'), hold.placedBy],
        [t('holds.placedAt'), at(hold.placedAt)],
        [t('holds.liftingReason'), hold.liftingReason],
        [t('holds.liftedAt'), at(hold.liftedAt)],
      ]}
    />
  );
}

/** To be saved: what a file says is never shown here. */
function Documents({ hold: { id, documents } }: { hold: Hold }) {
  return (
    <>
      {documents.map((one) => (
        <div key={one.id}>
          <a href={`/api/v1/operator/holds/${id}/documents/${one.id}`} download={one.name}>
            {one.name}
          </a>
        </div>
      ))}
    </>
  );
}
