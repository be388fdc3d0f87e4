import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Subject } from '../../api/types.js';
import { Facts } from '../../ui/Facts.js';
import { Loaded } from '../../ui/Loaded.js';
import { Num } from '../../ui/Num.js';
import { Panel, TwoColumns } from '../../ui/Panel.js';
import { StateTag } from '../../ui/StateTag.js';
import { Time } from '../../ui/Time.js';
import { DeathPanel } from './deaths/DeathPanel.js';
import { MandatesPanel } from './mandates/MandatesPanel.js';
import { ProfilePanel } from './ProfilePanel.js';
import { SubjectHead } from '../../ui/SubjectHead.js';
import { SubjectTimeline } from './SubjectTimeline.js';
import { subjectQuery } from '../../api/subject.js';

/** Who the subject is, masked, and what happened around them. */
export function SubjectPage() {
  const { id = '' } = useParams();
  const subject = useQuery(subjectQuery(id));
  return (
    <Loaded query={subject}>
      {(found) => (
        <SubjectHead subject={found}>
          <TwoColumns
            left={
              <>
                <Summary subject={found} />
                {found.status === 'deceased' && <DeathPanel id={found.id} />}
                <ProfilePanel key={found.id} subject={found} />
                <MandatesPanel subject={found} />
              </>
            }
            right={<SubjectTimeline subjectId={found.id} />}
          />
        </SubjectHead>
      )}
    </Loaded>
  );
}

function Summary({ subject }: { subject: Subject }) {
  const { t } = useTranslation();
  return (
    <Panel
      title={t('subjects.summary')}
      extra={<Link to={`/audit?subjectId=${subject.id}`}>{t('subjects.auditEntries')}</Link>}
    >
      <Facts
        rows={[
          [t('subjects.kind'), t(`subjects.kinds.${subject.kind}`)],
          [t('subjects.status'), <StateTag key="status" state={subject.status} />],
          [t('subjects.minor'), t(`subjects.minors.${subject.minor}`)],
          [t('subjects.since'), <Time key="since" at={subject.createdAt} />],
          [t('subjects.restricted'), subject.restricted && t('subjects.restrictedHint')],
          [t('subjects.sessions'), <Num key="sessions" value={subject.sessions} />],
        ]}
      />
    </Panel>
  );
}
