import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useLocalized } from '../../i18n/language.js';
import { usePermission } from '../../session/permissions.js';
import { Facts } from '../../ui/Facts.js';
import { Loaded } from '../../ui/Loaded.js';
import { Page } from '../../ui/Page.js';
import { Panel, TwoColumns } from '../../ui/Panel.js';
import { useRegistryNames } from '../../ui/registry-names.js';
import { Time } from '../../ui/Time.js';
import { WaitingNote } from '../../ui/WaitingNote.js';
import { ChangeDatabaseDialog } from './ChangeDatabaseDialog.js';
import { CoveredTables } from './CoveredTables.js';
import { HolderActs } from './HolderActs.js';
import { HolderHealth } from './HolderHealth.js';
import { LastCalls } from './LastCalls.js';
import { ReplaceSecret } from './ReplaceSecret.js';
import { ShadowPanel } from './ShadowPanel.js';
import { answeringQuery, databaseQuery, holderQuery, type OutsideHolder } from './holders.queries.js';

/** One holder outside: how it is, what it covers, what it was asked last. */
export function HolderPage() {
  const { id = '' } = useParams();
  return <Loaded query={useQuery(holderQuery(id))}>{(holder) => <Holder holder={holder} />}</Loaded>;
}

function Holder({ holder }: { holder: OutsideHolder }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const mayManage = usePermission('holder.manage');
  const isInUse = holder.state !== 'removed';
  return (
    <Page
      title={localized(holder.name)}
      trail={<Link to="/holders">{t('frame.entries.holders')}</Link>}
      tags={<HolderHealth holder={holder} />}
      actions={
        mayManage &&
        isInUse && (
          <Space wrap>
            {holder.kind === 'service' && <ReplaceSecret holder={holder} />}
            <HolderActs holder={holder} />
          </Space>
        )
      }
    >
      <WaitingNote type="holder" id={holder.id} />
      <TwoColumns
        left={
          <Panel title={t('holders.state')}>
            <HolderFacts holder={holder} />
          </Panel>
        }
        right={
          <>
            <LastCalls id={holder.id} />
            {holder.kind === 'database' && mayManage && holder.state === 'active' && <ShadowPanel id={holder.id} />}
          </>
        }
      />
      {holder.kind === 'database' && <Covered holder={holder} mayManage={mayManage && isInUse} />}
    </Page>
  );
}

function HolderFacts({ holder }: { holder: OutsideHolder }) {
  const { t } = useTranslation();
  const { nameOf } = useRegistryNames();
  const { kind, state, baseUrl, networks, categories, lastAnsweredAt, waiting, dead, answeredBy, formerSecretUntil } =
    holder;
  return (
    <Facts
      rows={[
        [t('holders.kind'), t(`holders.kinds.${kind}`)],
        [t('holders.state'), t(`holders.states.${state}`)],
        [t('holders.answeredBy'), answeredBy && <Answering key="answering" {...answeredBy} />],
        [
          t('holders.address'),
          baseUrl && (
            <span key="address" className="code">
              {baseUrl}
            </span>
          ),
        ],
        [t('holders.networks'), networks.join(t('ui.listSeparator'))],
        [t('holders.categories'), categories.map((code) => nameOf('categories', code)).join(t('ui.listSeparator'))],
        [t('holders.lastAnsweredAt'), <Time key="answered" at={lastAnsweredAt} />],
        [t('holders.formerSecretUntil'), formerSecretUntil && <Time key="former" at={formerSecretUntil} />],
        [t('holders.open'), waiting + dead > 0 && t('holders.openCounts', { waiting, dead })],
      ]}
    />
  );
}

/** Who answers where no software does: a role, or operators by name. */
function Answering({ role, operatorIds }: NonNullable<OutsideHolder['answeredBy']>) {
  const { t } = useTranslation();
  const { data } = useQuery(answeringQuery);
  if (role) return t(`roles.${role}`, { defaultValue: role });
  const named = (data?.operators ?? []).filter(({ id }) => operatorIds.includes(id));
  return named.map(({ name }) => name).join(t('ui.listSeparator'));
}

/** What the manifest covers, and how it is replaced. */
function Covered({ holder: { id }, mayManage }: { holder: OutsideHolder; mayManage: boolean }) {
  const { t } = useTranslation();
  const [isChanging, setChanging] = useState(false);
  return (
    <Panel
      title={t('holders.database.covers')}
      extra={
        mayManage && (
          <Button size="small" onClick={() => setChanging(true)}>
            {t('holders.database.change')}
          </Button>
        )
      }
    >
      <Loaded query={useQuery(databaseQuery(id))}>
        {({ manifest, tables, ledger }) => (
          <>
            {ledger === null && <Alert type="info" showIcon title={t('holders.database.noLedger')} />}
            <CoveredTables tables={tables} />
            {isChanging && <ChangeDatabaseDialog id={id} manifest={manifest} close={() => setChanging(false)} />}
          </>
        )}
      </Loaded>
    </Panel>
  );
}
