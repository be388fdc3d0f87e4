import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { subjectQuery } from '../../api/subject.js';
import { usePermission } from '../../session/permissions.js';
import { Loaded } from '../../ui/Loaded.js';
import { SubjectHead } from '../../ui/SubjectHead.js';
import { HoldsTable } from './HoldsTable.js';
import { PlaceHoldDialog } from './PlaceHoldDialog.js';

/** The holds on one person's data, and a new one. */
export function SubjectHoldsPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const mayPlace = usePermission('hold.write');
  const [isPlacing, setPlacing] = useState(false);
  const place = mayPlace && (
    <Button type="primary" onClick={() => setPlacing(true)}>
      {t('holds.place')}
    </Button>
  );
  return (
    <Loaded query={useQuery(subjectQuery(id))}>
      {(subject) => (
        <SubjectHead subject={subject} actions={place}>
          <HoldsTable subjectId={id} empty={{ text: t('holds.emptyOfOne') }} />
          {isPlacing && <PlaceHoldDialog subjectId={id} close={() => setPlacing(false)} />}
        </SubjectHead>
      )}
    </Loaded>
  );
}
