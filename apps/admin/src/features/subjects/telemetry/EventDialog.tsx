import { Alert, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SeenEvent } from '../subjects.types.js';
import { Facts } from '../../../ui/Facts.js';
import { useRegistryNames } from '../../../ui/registry-names.js';
import { Time } from '../../../ui/Time.js';
import { LineageTable } from './LineageTable.js';
import { SealedValue } from './SealedValue.js';
import { textOf } from './value-text.js';
import css from './telemetry.module.css';

interface Props {
  readonly subjectId: string;
  readonly event: SeenEvent;
  readonly reason: string;
  readonly close: () => void;
}

/** One event: what it is, why it is kept, and its values; what was revealed is gone when the dialog closes. */
export function EventDialog({ subjectId, event, reason, close }: Props) {
  const { t } = useTranslation();
  const { nameOf } = useRegistryNames();
  return (
    <Modal open title={nameOf('categories', event.category)} footer={null} width={760} onCancel={close}>
      <div className={css['event']}>
        <EventFacts event={event} />
        <section>
          <h3>{t('subjectTelemetry.lineage')}</h3>
          <LineageTable subjectId={subjectId} lineage={event.lineage} />
        </section>
        {event.withheld ? (
          <Alert type="info" showIcon title={t(`subjectTelemetry.withheldNote.${event.withheld}`)} />
        ) : (
          <Values subjectId={subjectId} event={event} reason={reason} />
        )}
      </div>
    </Modal>
  );
}

function EventFacts({ event }: { event: SeenEvent }) {
  const { t } = useTranslation();
  const { nameOf } = useRegistryNames();
  return (
    <Facts
      rows={[
        [
          t('subjectTelemetry.eventId'),
          <span key="id" className="code">
            {event.eventId}
          </span>,
        ],
        [t('subjectTelemetry.sensitivity'), event.sensitive && t('collection.sensitive')],
        [t('subjectTelemetry.service'), nameOf('services', event.service)],
        [t('subjectTelemetry.thirdParty'), event.thirdPartyService],
        [t('subjectTelemetry.means'), event.means && t(`subjectTelemetry.byMeans.${event.means}`)],
        [t('subjectTelemetry.occurredAt'), <Time key="occurred" at={event.occurredAt} />],
        [t('subjectTelemetry.receivedAt'), <Time key="received" at={event.receivedAt} />],
        [
          t('subjectTelemetry.retainUntil'),
          event.retainUntil ? (
            <span key="until">
              <Time at={event.retainUntil} /> {event.due && t('subjectTelemetry.due')}
            </span>
          ) : (
            t('subjectTelemetry.untilEvent')
          ),
        ],
      ]}
    />
  );
}

function Values({ subjectId, event, reason }: Omit<Props, 'close'>) {
  const { t } = useTranslation();
  const plain = Object.entries(event.attributes ?? {});
  return (
    <>
      {plain.length > 0 && (
        <section>
          <h3>{t('subjectTelemetry.plain')}</h3>
          <Facts
            rows={plain.map(
              ([name, value]) =>
                [
                  name,
                  <span key={name} className={css['value']} translate="no">
                    {textOf(value)}
                  </span>,
                ] as const,
            )}
          />
        </section>
      )}
      {event.sealedFields.length > 0 && (
        <section>
          <h3>{t('subjectTelemetry.sealed')}</h3>
          <ul className={css['sealed']}>
            {event.sealedFields.map((field) => (
              <SealedValue key={field} subjectId={subjectId} eventId={event.eventId} field={field} reason={reason} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
