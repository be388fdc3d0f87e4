import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client.js';
import { usePermission } from '../../session/permissions.js';
import { DataTable } from '../../ui/DataTable.js';
import { GivenFilter, SelectFilter, TextFilter } from '../../ui/filters.js';
import { Page } from '../../ui/Page.js';
import { PageTabs } from '../../ui/PageTabs.js';
import { BulkButtons } from './BulkButtons.js';
import { useRequestColumns } from './request-columns.js';
import { ageWords, figureFilters } from './figure-filters.js';
import { NewRequestDialog } from './NewRequestDialog.js';
import { rememberOrder } from './request-order.js';
import { requestsKey, requestTypes } from './requests.queries.js';
import { useTriageKeys } from './triage-keys.js';

const filterNames = ['state', 'type', 'assignee', 'due', 'only', 'number', 'order', ...figureFilters];

const states = [
  'open',
  'awaitingSubject',
  'awaitingSecond',
  'waiting',
  'fulfilling',
  'closed',
  'cancelled',
  'lapsed',
  'awaitingIdentity',
] as const;
/** What people ask about their data, what falls due first before anything else. */
export function RequestsPage() {
  const { t } = useTranslation();
  const mayDecide = usePermission('request.decide');
  const mayAnswer = usePermission('request.answer');
  const [isRecording, setRecording] = useState(false);
  const [selected, setSelected] = useState<readonly string[]>([]);
  return (
    <Page
      title={t('frame.entries.requests')}
      purpose={t('requests.purpose')}
      actions={
        <>
          <BulkButtons selected={selected} />
          {mayAnswer && <Button onClick={() => setRecording(true)}>{t('requests.record.title')}</Button>}
        </>
      }
    >
      <PageTabs of="requests" label={t('frame.entries.requests')} />
      {isRecording && <NewRequestDialog close={() => setRecording(false)} />}
      <DataTable
        name="requests"
        label={t('frame.entries.requests')}
        columns={useRequestColumns()}
        rowKey={({ id }) => id}
        queryKey={[...requestsKey, 'queue']}
        filterNames={filterNames}
        filters={<RequestFilters />}
        load={async ({ filters: { order, ...filters }, cursor, signal }) => {
          const page = await answerOf(
            api.GET('/api/v1/operator/requests', {
              params: {
                query: {
                  ...filters,
                  ...(order === 'newest' ? { sort: 'newest' } : {}),
                  ...(cursor ? { cursor } : {}),
                },
              },
              signal,
            }),
          );
          rememberOrder(page.items.map(({ id }) => id));
          return page;
        }}
        empty={{
          text: t('requests.empty'),
          action: <Link to="/requests?state=closed">{t('requests.toClosed')}</Link>,
        }}
        presets={usePresets()}
        keys={useTriageKeys()}
        {...(mayDecide ? { selection: { selected, select: setSelected } } : {})}
      />
    </Page>
  );
}

/** The views of the queue that everybody has. */
function usePresets() {
  const { t } = useTranslation();
  const addresses = {
    mine: 'assignee=me',
    unassigned: 'assignee=nobody&state=open',
    week: 'due=week',
    overdue: 'due=overdue',
    second: 'state=awaitingSecond',
    appeals: 'only=appeals',
    officer: 'only=officer',
    awaitingSubject: 'state=awaitingSubject',
  } as const;
  const names = Object.keys(addresses) as (keyof typeof addresses)[];
  return names.map((name) => ({ name: t(`requests.views.${name}`), address: addresses[name] }));
}

function RequestFilters() {
  const { t } = useTranslation();
  const options = <Value extends string>(values: readonly Value[], label: (value: Value) => string) =>
    values.map((value) => ({ value, label: label(value) }));
  return (
    <>
      <SelectFilter
        name="due"
        label={t('requests.due')}
        options={options(['overdue', 'today', 'week'] as const, (value) => t(`requests.dueBy.${value}`))}
      />
      <SelectFilter
        name="assignee"
        label={t('requests.assignee')}
        options={options(['me', 'nobody'] as const, (value) => t(`requests.assignees.${value}`))}
      />
      <SelectFilter
        name="only"
        label={t('requests.only')}
        options={options(['second', 'officer', 'unreachable', 'manual', 'appeals'] as const, (value) =>
          t(`requests.onlyOf.${value}`),
        )}
      />
      <SelectFilter
        name="type"
        label={t('requests.type')}
        options={options(requestTypes, (value) => t(`requests.types.${value}`))}
      />
      <SelectFilter
        name="state"
        label={t('requests.state')}
        options={options(states, (value) => t(`requests.states.${value}`))}
      />
      <SelectFilter
        name="order"
        label={t('requests.sort')}
        options={options(['newest'] as const, () => t('requests.newestFirst'))}
        placeholder={t('requests.dueFirst')}
      />
      <TextFilter name="number" label={t('requests.number')} />
      {(['arrivedIn', 'answeredIn'] as const).map((name) => (
        <GivenFilter key={name} name={name} words={(day) => t(`requests.counted.${name}`, { day })} />
      ))}
      <GivenFilter name="age" words={(age) => t('requests.counted.age', { age: ageWords(age, t) })} />
    </>
  );
}
