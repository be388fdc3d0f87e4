import { Button, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { usePermission } from '../../session/permissions.js';
import type { BulkBody } from './bulk.queries.js';
import { BulkDialog } from './BulkDialog.js';
import { figureFilters } from './figure-filters.js';

const filterNames = ['state', 'type', 'assignee', 'due', 'only'];
/** By which a list is narrower than what these filters find. */
const narrower = ['number', ...figureFilters];

/** Decides on the requests that are selected, or on all that the filters find. */
export function BulkButtons({ selected }: { selected: readonly string[] }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const [which, setWhich] = useState<Pick<BulkBody, 'ids' | 'filter'> | null>(null);
  const filter = Object.fromEntries(
    filterNames.flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : [])),
  );
  const isFiltered = Object.keys(filter).length > 0 && !narrower.some((name) => search.has(name));
  if (!usePermission('request.decide')) return null;
  return (
    <Space wrap>
      {isFiltered && <Button onClick={() => setWhich({ filter })}>{t('requests.bulk.decideMatching')}</Button>}
      {selected.length > 0 && (
        <Button onClick={() => setWhich({ ids: [...selected] })}>
          {t('requests.bulk.decideSelected', { count: selected.length })}
        </Button>
      )}
      {which && <BulkDialog which={which} close={() => setWhich(null)} />}
    </Space>
  );
}
