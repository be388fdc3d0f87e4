import { useQuery } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { OutreachRun } from './campaigns.types.js';
import { useLocalized } from '../../i18n/language.js';
import { usePermission } from '../../session/permissions.js';
import { Facts } from '../../ui/Facts.js';
import { Loaded } from '../../ui/Loaded.js';
import { Num } from '../../ui/Num.js';
import { Page } from '../../ui/Page.js';
import { Panel, TwoColumns } from '../../ui/Panel.js';
import { Time } from '../../ui/Time.js';
import { useProblem } from '../../ui/use-problem.js';
import css from './campaigns.module.css';
import { OutreachState } from './OutreachState.js';
import { outreachQuery, useCancelOutreach } from './outreach.queries.js';

const figures = ['audience', 'notAllowed', 'unreachable', 'queued', 'sent', 'dropped', 'failed'] as const;
const languages = ['zh-CN', 'en'] as const;

/** One survey invitation or offer with its live figures. */
export function OutreachPage() {
  const { id = '' } = useParams();
  const outreach = useQuery(outreachQuery(id));
  return <Loaded query={outreach}>{(found) => <OutreachView run={found} />}</Loaded>;
}

function OutreachView({ run }: { run: OutreachRun }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const maySend = usePermission('outreach.send');
  return (
    <Page
      title={localized(run.title)}
      trail={
        <>
          <Link to="/campaigns">{t('frame.entries.campaigns')}</Link> /{' '}
          <Link to="/outreaches">{t('outreach.name')}</Link>
        </>
      }
      tags={<OutreachState run={run} />}
      purpose={t(`outreach.stands.${run.state}`)}
      actions={maySend && run.state === 'running' && <CancelButton id={run.id} />}
    >
      <TwoColumns
        left={
          <Panel title={t('campaigns.progress')} note={t('outreach.figuresHint')}>
            <Facts
              rows={figures.map((figure) => [
                t(`outreach.figures.${figure}`),
                <Num key={figure} value={run[figure]} />,
              ])}
            />
          </Panel>
        }
        right={
          <>
            <OutreachFacts run={run} />
            {languages.map((language) => (
              <Panel
                key={language}
                title={t('outreach.textIn', { language: t(`outreach.languages.${language}`) })}
                note={run.title[language]}
              >
                <p className={css['message']} lang={language}>
                  {run.text[language]}
                </p>
              </Panel>
            ))}
          </>
        }
      />
    </Page>
  );
}

function OutreachFacts({ run }: { run: OutreachRun }) {
  const { t } = useTranslation();
  const mayReadAudit = usePermission('audit.read');
  return (
    <Panel
      title={t('campaigns.facts')}
      extra={mayReadAudit && <Link to={`/audit?objectId=${run.id}`}>{t('policies.auditEntries')}</Link>}
    >
      <Facts
        rows={[
          [t('outreach.kind'), t(`outreach.kinds.${run.kind}`)],
          [t('campaigns.channel'), t(`campaigns.channels.${run.channel}`)],
          [t('outreach.link'), run.link],
          [t('outreach.createdAt'), <Time key="created" at={run.createdAt} />],
          [t('outreach.finishedAt'), run.finishedAt && <Time at={run.finishedAt} />],
        ]}
      />
    </Panel>
  );
}

function CancelButton({ id }: { id: string }) {
  const { t } = useTranslation();
  const showProblem = useProblem();
  const cancel = useCancelOutreach(id);
  return (
    <Popconfirm
      title={t('outreach.cancelSure')}
      okText={t('outreach.cancel')}
      cancelText={t('outreach.keep')}
      onConfirm={() => cancel.mutate(undefined, { onError: (error) => showProblem(error) })}
    >
      <Button danger loading={cancel.isPending}>
        {t('outreach.cancel')}
      </Button>
    </Popconfirm>
  );
}
