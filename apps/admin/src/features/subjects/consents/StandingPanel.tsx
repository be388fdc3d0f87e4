import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ConsentStanding } from '../subjects.types.js';
import { useLocalized } from '../../../i18n/language.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { Panel } from '../../../ui/Panel.js';
import { useRegistryNames } from '../../../ui/registry-names.js';
import { Time } from '../../../ui/Time.js';
import type { SeparateChoice } from './consent-wish.js';
import { useChoiceName } from './use-choice-name.js';
import css from './consents.module.css';

const tones: Readonly<Record<ConsentStanding['state'], string>> = {
  granted: 'success',
  partly: 'processing',
  stale: 'warning',
  expired: 'warning',
  withdrawn: 'default',
  none: 'default',
};

/** Where a subject stands with each purpose that the clauses leave to them. */
export function StandingPanel({ standing, extra }: { standing: readonly ConsentStanding[]; extra: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('subjectConsents.standing')} extra={extra}>
      {standing.length === 0 ? (
        <EmptyState text={t('subjectConsents.nothingLeft')} />
      ) : (
        <ul className={css['standing']}>
          {standing.map((one) => (
            <Standing key={one.purpose} standing={one} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Standing({ standing }: { standing: ConsentStanding }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const { nameOf } = useRegistryNames();
  const { purpose, name, state, since, expiresAt, categories, clauses, separately, stoppedByGpc, mayAsk, askAgainAt } =
    standing;
  return (
    <li>
      <div className={css['line']}>
        <strong>{localized(name)}</strong> <span className="code secondary">{purpose}</span>{' '}
        <StandingTag state={state} />
        {stoppedByGpc && <Tag color="warning">{t('subjectConsents.stoppedByGpc')}</Tag>}
      </div>
      <div className={css['facts']}>
        {since && (
          <span>
            {t('subjectConsents.since')} <Time at={since} />
          </span>
        )}
        {expiresAt && (
          <span>
            {t('subjectConsents.until')} <Time at={expiresAt} />
          </span>
        )}
        {mayAsk && <span>{t('subjectConsents.mayAsk')}</span>}
        {askAgainAt && (
          <span>
            {t('subjectConsents.askAgainAt')} <Time at={askAgainAt} />
          </span>
        )}
      </div>
      <div className="secondary">
        {categories.map((category) => nameOf('categories', category)).join(t('ui.listSeparator'))}
        {clauses.map(({ policy, clauseId }) => (
          <span key={`${policy} ${clauseId}`}>
            {' · '}
            <Link to={`/policies/${policy}`} className="code">
              {clauseId}
            </Link>
          </span>
        ))}
      </div>
      {separately.length > 0 && <Separately choices={separately} />}
    </li>
  );
}

function Separately({ choices }: { choices: readonly SeparateChoice[] }) {
  const { t } = useTranslation();
  const nameOf = useChoiceName();
  return (
    <details>
      <summary>{t('subjectConsents.separately', { count: choices.length })}</summary>
      <ul className={css['choices']}>
        {choices.map((choice) => (
          <li key={JSON.stringify([choice.category, choice.service, choice.recipient, choice.region])}>
            {nameOf(choice)} <StandingTag state={choice.state} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function StandingTag({ state }: { state: ConsentStanding['state'] }) {
  const { t } = useTranslation();
  return <Tag color={tones[state]}>{t(`subjectConsents.states.${state}`)}</Tag>;
}
