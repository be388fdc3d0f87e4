import { Alert, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSubjectSearch } from '../../session/subject-search.js';
import { StateTag } from '../../ui/StateTag.js';
import { PersonSearch } from './PersonSearch.js';
import { RecordRequestDialog } from './RecordRequestDialog.js';
import css from './requests.module.css';

/** Records what somebody asked by telephone, by letter or at the counter: first finds who it is. */
export function NewRequestDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const search = useSubjectSearch();
  const [subjectId, setSubjectId] = useState<string | null>(null);
  const [isUnknown, setUnknown] = useState(false);
  if (subjectId !== null || isUnknown) return <RecordRequestDialog subjectId={subjectId} close={close} />;
  return (
    <Modal open title={t('requests.record.title')} footer={null} width={560} onCancel={close}>
      <PersonSearch
        reason={t('requests.record.lookUpReason')}
        label={t('requests.record.person')}
        hint={t('requests.record.personHint')}
        search={search}
      />
      {search.data?.length === 0 && (
        <Alert type="info" showIcon title={t('subjects.nobody')} description={t('requests.record.withoutAccount')} />
      )}
      <ul className={css['found']}>
        {search.data?.map(({ id, kind, status, displayName }) => (
          <li key={id}>
            {displayName || t('requests.relative.unnamed')} · {t(`subjects.kinds.${kind}`)} <StateTag state={status} />
            <Button type="primary" size="small" onClick={() => setSubjectId(id)}>
              {t('requests.record.forThem')}
            </Button>
          </li>
        ))}
      </ul>
      <Button onClick={() => setUnknown(true)}>{t('requests.record.somebodyWithout')}</Button>
    </Modal>
  );
}
