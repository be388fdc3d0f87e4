import type { ReactNode } from 'react';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Subject } from '../api/types.js';
import { LinkButton } from './LinkButton.js';
import { Page } from './Page.js';
import { PageTabs } from './PageTabs.js';
import { StateTag } from './StateTag.js';

interface Props {
  readonly subject: Subject;
  /** What can be done on this page of theirs. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The head of a subject's pages: masked name, status, and whether a minor. */
export function SubjectHead({ subject, actions, children }: Props) {
  const { t } = useTranslation();
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
      actions={
        <>
          <LinkButton to={`/consent/why?subjectId=${subject.id}`}>{t('subjects.askWhy')}</LinkButton>
          {actions}
        </>
      }
    >
      <PageTabs of="subject" label={t('subjects.tabs.label')} isMinor={isMinor(subject)} />
      {children}
    </Page>
  );
}

export function isMinor({ minor }: Subject): boolean {
  return minor === 'under14' || minor === 'under18';
}
