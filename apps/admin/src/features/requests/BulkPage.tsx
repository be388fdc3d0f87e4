import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Facts } from '../../ui/Facts.js';
import { Loaded } from '../../ui/Loaded.js';
import { Meter } from '../../ui/Meter.js';
import { Page } from '../../ui/Page.js';
import { Panel } from '../../ui/Panel.js';
import { WaitingNote } from '../../ui/WaitingNote.js';
import { bulkQuery } from './bulk.queries.js';
import { BulkItems } from './BulkItems.js';

const pollMilliseconds = 2_000;

/** How far a decision for many requests is, and what came of each. */
export function BulkPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const bulk = useQuery({
    ...bulkQuery(id),
    refetchInterval: ({ state: { data } }) => (data?.state === 'done' ? false : pollMilliseconds),
  });
  return (
    <Page
      title={t('requests.bulk.title')}
      trail={<Link to="/requests">{t('frame.entries.requests')}</Link>}
      purpose={t('requests.bulk.purpose')}
    >
      <WaitingNote type="requestBulk" id={id} />
      <Loaded query={bulk}>
        {({ state, settled, decision, items }) => (
          <Panel title={t(`requests.bulk.states.${state}`)}>
            <Facts
              rows={[
                [
                  t('requests.decision'),
                  t(`requests.bulk.choices.${decision.outcome === 'refuse' ? 'refuse' : 'grant'}`),
                ],
                [t('requests.refusalReason'), decision.reason],
                [t('requests.answer'), decision.text ?? t('requests.bulk.noText')],
              ]}
            />
            {state !== 'waiting' && (
              <Meter label={t('requests.bulk.settled')} value={settled} of={Math.max(1, items.length)} />
            )}
            <BulkItems items={items} />
          </Panel>
        )}
      </Loaded>
    </Page>
  );
}
