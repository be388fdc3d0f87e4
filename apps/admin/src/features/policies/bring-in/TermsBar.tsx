import { labelOf, termTypes } from '@abide/rulebook';
import { DownOutlined, UpOutlined } from '@ant-design/icons';
import { Button, Select, Switch } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { currentLanguage } from '../../../i18n/language.js';
import { Meter } from '../../../ui/Meter.js';
import { areSingleKeysOn } from '../../../ui/single-keys.js';
import type { Proposal } from './imports.queries.js';
import { SavedState } from './SavedState.js';
import type { Decisions } from './use-decisions.js';
import css from './bring-in.module.css';

interface Props {
  readonly proposals: readonly Proposal[];
  readonly decisions: Decisions;
  readonly position: number;
  readonly count: number;
  readonly next: () => void;
  readonly previous: () => void;
  /** Called when another part of the proposals is to be shown. */
  readonly refiltered: () => void;
}

/** How far it is, what is shown, and whether it is saved. */
export function TermsBar({ proposals, decisions, position, count, next, previous, refiltered }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [search, setSearch] = useSearchParams();
  const set = (name: string, value: string | null) => {
    const next = new URLSearchParams(search);
    next.delete('proposal');
    next.delete('form');
    if (value) next.set(name, value);
    else next.delete(name);
    setSearch(next, { replace: true });
    refiltered();
  };
  const decided = proposals.filter(({ decision }) => decision !== 'undecided').length;
  const types = termTypes
    .map((type) => ({ type, amount: proposals.filter(({ term }) => 'type' in term && term.type === type).length }))
    .filter(({ amount }) => amount > 0);
  return (
    <div className={css['bar']}>
      <span>{t('bringIn.terms.decided', { decided, count: proposals.length })}</span>
      <Meter label={t('bringIn.terms.progress')} value={decided} of={proposals.length} />
      <span className={css['switch']}>
        <Button
          size="small"
          icon={<UpOutlined />}
          aria-label={t('bringIn.terms.previous')}
          title={t('bringIn.terms.previous')}
          onClick={previous}
        />
        <Button
          size="small"
          icon={<DownOutlined />}
          aria-label={t('bringIn.terms.next')}
          title={t('bringIn.terms.next')}
          onClick={next}
        />
        <span className="secondary" aria-live="polite">
          {position > 0 && t('bringIn.terms.position', { position, count })}
        </span>
      </span>
      <Select
        aria-label={t('bringIn.terms.type')}
        value={search.get('type') ?? ''}
        popupMatchSelectWidth={false}
        style={{ minWidth: 150 }}
        options={[
          { value: '', label: t('bringIn.terms.allTypes') },
          ...types.map(({ type, amount }) => ({
            value: type,
            label: `${labelOf('termType', type, currentLanguage())} · ${amount}`,
          })),
        ]}
        onChange={(value) => set('type', value || null)}
      />
      <span className={css['switch']}>
        <Switch
          id={id}
          size="small"
          checked={search.get('show') !== 'all'}
          onChange={(only) => set('show', only ? null : 'all')}
        />
        <label htmlFor={id}>{t('bringIn.terms.onlyUndecided')}</label>
      </span>
      <SavedState decisions={decisions} />
    </div>
  );
}

const keys = [
  [['j', 'k'], 'walk'],
  [['a'], 'accept'],
  [['d'], 'decline'],
  [['e'], 'change'],
  [['u'], 'undo'],
  [['n'], 'add'],
  [['Ctrl Enter'], 'send'],
] as const;

/** What the keys do. */
export function KeyLine() {
  const { t } = useTranslation();
  if (!areSingleKeysOn()) return <p className={css['keys']}>{t('bringIn.keys.off')}</p>;
  return (
    <p className={css['keys']}>
      {keys.map(([pressed, does]) => (
        <span key={does}>
          {pressed.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}{' '}
          {t(`bringIn.keys.${does}`)}
        </span>
      ))}
    </p>
  );
}
