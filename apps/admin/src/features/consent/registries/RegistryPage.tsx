import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { registriesKey } from '../../../api/every-page.js';
import { usePermission } from '../../../session/permissions.js';
import { DataTable } from '../../../ui/DataTable.js';
import { Page } from '../../../ui/Page.js';
import { PageTabs } from '../../../ui/PageTabs.js';
import { WaitingNote } from '../../../ui/WaitingNote.js';
import { ChangeEntryDialog } from './ChangeEntryDialog.js';
import { useEntryColumns } from './entry-columns.js';
import { matchingEntries } from './matching-entries.js';
import { NewEntryDialog } from './NewEntryDialog.js';
import { allEntries } from './registries.queries.js';
import { flagsOf, type Entry, type RegistryKind } from './registry-kinds.js';
import { RegistryFilters } from './RegistryFilters.js';

/** One of the registries that clauses refer to: what is registered, and registering more. */
export function RegistryPage({ kind }: { kind: RegistryKind }) {
  const { t } = useTranslation();
  const mayEdit = usePermission('registry.edit');
  const [adding, setAdding] = useState(false);
  const [changed, setChanged] = useState<string | null>(null);
  const { name } = kind;
  const add = mayEdit && (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t(`consent.${name}.add`)}
    </Button>
  );
  return (
    <Page
      title={t(`consent.${name}.title`)}
      trail={<Link to="/consent">{t('frame.entries.consent')}</Link>}
      purpose={t(`consent.${name}.purpose`)}
      actions={add}
    >
      <PageTabs of="consent" label={t('consent.tabs')} />
      <WaitingNote type={kind.type} />
      <DataTable<Entry>
        name={name}
        label={t(`consent.${name}.title`)}
        columns={useEntryColumns(kind, mayEdit ? setChanged : null)}
        rowKey={({ id }) => id}
        queryKey={[...registriesKey, name, 'list']}
        load={async ({ filters, signal }) => ({ items: matchingEntries(await allEntries(name, signal), filters) })}
        filterNames={['text', ...(kind.hasSeed ? ['origin'] : []), ...flagsOf(kind)]}
        filters={<RegistryFilters kind={kind} />}
        empty={{ text: t(`consent.${name}.empty`), action: add }}
      />
      {adding && <NewEntryDialog kind={kind} close={() => setAdding(false)} />}
      {changed !== null && <ChangeEntryDialog kind={kind} code={changed} close={() => setChanged(null)} />}
    </Page>
  );
}
