import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { IngestSummary } from '../collection.types.js';
import { Meter } from '../../../ui/Meter.js';
import { Num } from '../../../ui/Num.js';
import { Panel } from '../../../ui/Panel.js';
import { useReasonName } from './use-reason-name.js';
import css from '../collection.module.css';

interface Props {
  readonly reasons: IngestSummary['byReason'];
  /** All events of the period, accepted or not. */
  readonly arrived: number;
}

/** Why events were refused, the most frequent reason first, with what to do about it. */
export function ReasonTable({ reasons, arrived }: Props) {
  const { t } = useTranslation();
  const nameOf = useReasonName();
  const title = t('collection.live.reasons');
  return (
    <Panel title={title} note={t('collection.live.reasonsNote')}>
      <div className={css['scroll']} role="region" aria-label={title} tabIndex={0}>
        <table className={css['reasons']}>
          <thead>
            <tr>
              <th scope="col">{t('collection.live.reason')}</th>
              <th scope="col" className={css['figure']}>
                {t('collection.live.refused')}
              </th>
              <th scope="col">{t('collection.live.ofAll')}</th>
            </tr>
          </thead>
          <tbody>
            {reasons.map(({ code, events }) => (
              <tr key={code}>
                <th scope="row">
                  <span title={code}>{nameOf(code)}</span>
                  <span className={css['hint']}>
                    <Hint code={code} />
                  </span>
                </th>
                <td className={css['figure']}>
                  <Num value={events} />
                </td>
                <td>
                  <Meter label={nameOf(code)} value={events} of={arrived} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** What the door refused by itself is explained here; what the gate refused, among its decisions. */
function Hint({ code }: { code: string }) {
  const { t } = useTranslation();
  const hint = t(`collection.hints.${code}`, { defaultValue: '' });
  return hint === '' ? <Link to={`/consent/decisions?code=${code}`}>{t('collection.live.seeDecisions')}</Link> : hint;
}
