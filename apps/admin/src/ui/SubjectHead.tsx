import type { ReactNode } from 'react';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Subject } from '../api/types.js';
import { LinkButton } from './LinkButton.js';
import { Page } from './Page.js';
import { StateTag } from './StateTag.js';
import { TabLinks } from './TabLinks.js';

const tabs = ['summary', 'consents', 'guardians', 'holdings', 'telemetry', 'acceptances', 'notices'] as const;

/** The head of a subject's pages: masked name, status, and whether a minor. */
export function SubjectHead({ subject, children }: { subject: Subject; children: ReactNode }) {
  const { t } = useTranslation();
  const base = `/subjects/${subject.id}`;
  return (
    <Page
      title={subject.profile['name'] ?? t(`subjects.kinds.${subject.kind}`)}
      trail={<Link to="/subjects">{t('frame.entries.subjects')}</Link>}
      tags={
        <>
          <Tag>{t(`subjects.kinds.${subject.kind}`)}</Tag>
          <StateTag state={subject.status} />
          {isMinor(subject) && <Tag color="warning">{t(`subjects.minors.${subject.minor}`)}</Tag>}
        </>
      }
      purpose={<span className="code">{subject.id}</span>}
      actions={<LinkButton to={`/consent/why?subjectId=${subject.id}`}>{t('subjects.askWhy')}</LinkButton>}
    >
      <TabLinks
        label={t('subjects.tabs.label')}
        tabs={tabs
          .filter((tab) => tab !== 'guardians' || isMinor(subject))
          .map((tab) => ({ to: tab === 'summary' ? base : `${base}/${tab}`, label: t(`subjects.tabs.${tab}`) }))}
      />
      {children}
    </Page>
  );
}

function isMinor({ minor }: Subject): boolean {
  return minor === 'under14' || minor === 'under18';
}
