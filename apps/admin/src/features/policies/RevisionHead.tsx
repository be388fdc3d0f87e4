import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Revision } from '../../api/types.js';
import { useLocalized } from '../../i18n/language.js';
import { Page } from '../../ui/Page.js';
import { StateTag } from '../../ui/StateTag.js';
import { TabLinks } from '../../ui/TabLinks.js';
import { Time } from '../../ui/Time.js';

interface Props {
  readonly revision: Revision;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The head that every page of a revision shares: which one it is, where it stands, and its other pages. */
export function RevisionHead({ revision, actions, children }: Props) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const { slug, title } = revision.policy;
  return (
    <Page
      title={t('policies.titleAndNumber', { title: localized(title), number: revision.number })}
      trail={
        <>
          <Link to="/policies">{t('frame.entries.policies')}</Link> /{' '}
          <Link to={`/policies/${slug}`}>{localized(title)}</Link>
        </>
      }
      tags={
        <>
          <StateTag state={revision.state} />
          {revision.materiality && <StateTag state={revision.materiality} />}
        </>
      }
      purpose={<Standing revision={revision} />}
      actions={actions}
    >
      <RevisionTabs revision={revision} />
      {children}
    </Page>
  );
}

/** Where the revision stands, in one sentence. */
function Standing({ revision }: { revision: Revision }) {
  const { t } = useTranslation();
  return (
    <>
      {t(`policies.stands.${revision.state}`, { number: revision.number })}
      {revision.effectiveAt && (
        <>
          {' '}
          {t(revision.state === 'scheduled' ? 'policies.takesEffectAt' : 'policies.tookEffectAt')}{' '}
          <Time at={revision.effectiveAt} />
        </>
      )}
    </>
  );
}

const tabs = ['text', 'comparison', 'tests', 'facts'] as const;

function RevisionTabs({ revision }: { revision: Revision }) {
  const { t } = useTranslation();
  const base = `/revisions/${revision.id}`;
  return (
    <TabLinks
      label={t('policies.tabs.label')}
      tabs={tabs.map((tab) => ({ to: tab === 'text' ? base : `${base}/${tab}`, label: t(`policies.tabs.${tab}`) }))}
    />
  );
}
