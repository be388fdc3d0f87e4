import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Subject } from '../../../api/types.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { Loaded } from '../../../ui/Loaded.js';
import { Panel } from '../../../ui/Panel.js';
import { SubjectHead } from '../../../ui/SubjectHead.js';
import { subjectQuery } from '../../../api/subject.js';
import { GuardianEntry } from './GuardianEntry.js';
import { guardianshipsQuery } from './guardians.queries.js';
import css from '../consents/consents.module.css';

/** Who answers for a minor, what counts of what they said, and what an officer may decide about it. */
export function SubjectGuardiansPage() {
  const { id = '' } = useParams();
  const subject = useQuery(subjectQuery(id));
  return (
    <Loaded query={subject}>
      {(found) => (
        <SubjectHead subject={found}>
          <Guardians subject={found} />
        </SubjectHead>
      )}
    </Loaded>
  );
}

function Guardians({ subject }: { subject: Subject }) {
  const { t } = useTranslation();
  const guardians = useQuery(guardianshipsQuery(subject.id));
  return (
    <Panel title={t('guardians.title')} note={subject.minor === 'under14' ? t('guardians.rule') : undefined}>
      <Loaded query={guardians}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState text={t(`guardians.none.${subject.minor === 'under18' ? 'notNeeded' : 'needed'}`)} />
          ) : (
            <ul className={css['standing']}>
              {rows.map((row) => (
                <GuardianEntry key={row.id} subject={subject} guardianship={row} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}
