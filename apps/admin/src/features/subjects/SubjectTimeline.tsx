import { useQuery } from '@tanstack/react-query';
import { Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '../../api/types.js';
import { useLocalized } from '../../i18n/language.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { Loaded } from '../../ui/Loaded.js';
import { Panel } from '../../ui/Panel.js';
import { Time } from '../../ui/Time.js';
import { timelineQuery } from './subjects.queries.js';

/** What happened around the subject, newest first: who, when, why. */
export function SubjectTimeline({ id }: { id: string }) {
  const { t } = useTranslation();
  const timeline = useQuery(timelineQuery(id));
  return (
    <Panel title={t('subjects.timeline')}>
      <Loaded query={timeline}>
        {(entries) =>
          entries.length === 0 ? (
            <EmptyState text={t('subjects.noTimeline')} />
          ) : (
            <Timeline items={entries.toSorted((a, b) => b.at.localeCompare(a.at)).map((entry, index) => ({ key: entry.id ?? index, content: <Entry entry={entry} /> }))} />
          )
        }
      </Loaded>
    </Panel>
  );
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const act = entry.act ?? entry.kind ?? '';
  return (
    <>
      <div>
        {localized(entry.summary) || t(`acts.${act}`, { defaultValue: act })}
        {entry.actor && entry.actor.kind !== 'subject' && <span> · {entry.actor.name ?? t(`actors.${entry.actor.kind}`)}</span>}
      </div>
      <div className="secondary">
        <Time at={entry.at} />
      </div>
      {entry.reason && <div>{entry.reason}</div>}
    </>
  );
}
