import { Timeline } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import type { ConsentEvent } from '../../../api/types.js';
import type { ConsentStanding } from '../subjects.types.js';
import { useLocalized } from '../../../i18n/language.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { Panel } from '../../../ui/Panel.js';
import { ConsentEntry } from './ConsentEntry.js';

const colours: Readonly<Record<ConsentEvent['act'], string>> = {
  grant: 'green',
  renewal: 'green',
  withdrawal: 'red',
  refusal: 'gray',
  expiry: 'gray',
};

interface Props {
  readonly subjectId: string;
  /** Names the purposes, also to whom the registries are closed. */
  readonly standing: readonly ConsentStanding[];
  readonly events: readonly ConsentEvent[];
  readonly older: ReactNode;
}

/** Everything a subject said, newest first; `older` leads on. */
export function ConsentHistory({ subjectId, standing, events, older }: Props) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const names = new Map(standing.map(({ purpose, name }) => [purpose, localized(name)]));
  const { hash } = useLocation();
  useEffect(() => {
    document.getElementById(hash.slice(1))?.scrollIntoView({ block: 'center' });
  }, [hash]);
  return (
    <Panel title={t('subjectConsents.history')}>
      {events.length === 0 ? (
        <EmptyState text={t('subjectConsents.nothingSaid')} />
      ) : (
        <Timeline
          items={events.map((event) => ({
            key: event.id,
            color: colours[event.act],
            content: <ConsentEntry subjectId={subjectId} event={event} purpose={names.get(event.scope.purpose)} />,
          }))}
        />
      )}
      {older}
    </Panel>
  );
}
