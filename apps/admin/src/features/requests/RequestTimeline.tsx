import { useTranslation } from 'react-i18next';
import { Panel } from '../../ui/Panel.js';
import { Time } from '../../ui/Time.js';
import type { SubjectRequest } from './requests.queries.js';
import css from './requests.module.css';

/** What happened, the latest first: who did what, and what was written. */
export function RequestTimeline({ request: { timeline, joinedTo } }: { request: SubjectRequest }) {
  const { t } = useTranslation();
  const said = (act: SubjectRequest['timeline'][number]['act']) =>
    act === 'joined' && joinedTo ? t('requests.joined.into', { number: joinedTo.number }) : t(`requests.acts.${act}`);
  return (
    <Panel title={t('requests.timeline')}>
      <div className={css['history']} role="region" aria-label={t('requests.timeline')} tabIndex={0}>
        <ol className={css['timeline']}>
          {timeline.toReversed().map(({ at, act, by, person, text }, index) => (
            <li key={`${at}-${index}`}>
              <Time at={at} /> <strong>{said(act)}</strong>{' '}
              <span className="secondary">
                {t(`actors.${by}`, { defaultValue: by })} {person}
              </span>
              {text && <p className={css['words']}>{text}</p>}
            </li>
          ))}
        </ol>
      </div>
    </Panel>
  );
}
