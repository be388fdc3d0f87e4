import { labelOf, termTypes, type Term, type TermType } from '@abide/rulebook';
import { Button, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../../i18n/language.js';
import { ProblemAlert } from '../../../ui/ProblemAlert.js';
import type { Registries } from '../registry.queries.js';
import { ChangeForm } from './ChangeForm.js';
import type { ImportedClause } from './imports.queries.js';
import { paragraphPlace, type Place } from './places.js';
import { sentenceSoFar } from './term-words.js';
import css from './bring-in.module.css';

interface Props {
  readonly clause: ImportedClause;
  readonly registries: Registries;
  /** What it says to begin with, null where not even its type is known. */
  readonly begin: Term | null;
  readonly place: Place | null;
  readonly choosePlace: (place: Place | null) => void;
  readonly isSaving: boolean;
  readonly error: unknown;
  readonly add: (term: Term) => void;
  readonly close: () => void;
}

const longestShown = 60;

/** A term that somebody writes where nothing was proposed: of what type, on which words, and what it says. */
export function AddedTermCard(props: Props) {
  const { clause, registries, begin, place, choosePlace, isSaving, error, add, close } = props;
  const { t } = useTranslation();
  const id = useId();
  const [term, setTerm] = useState<Term | null>(begin);
  const types = termTypes.map((type) => ({ value: type, label: labelOf('termType', type, currentLanguage()) }));
  const places = clause.paragraphs.map(({ text }, paragraph) => ({ value: paragraph, label: shortened(text) }));
  return (
    <section className={css['card']} aria-label={t('bringIn.terms.adding')}>
      <h2>{t('bringIn.terms.adding')}</h2>
      <ProblemAlert error={error} />
      <div className={css['form']}>
        <div className={css['asked']}>
          <label htmlFor={`${id}-place`}>{t('bringIn.terms.place')}</label>
          <Select
            id={`${id}-place`}
            value={place?.paragraph ?? null}
            options={places}
            onChange={(paragraph) => choosePlace(paragraphPlace(clause, paragraph))}
          />
          <p className="secondary">{t('bringIn.terms.placeHint')}</p>
        </div>
        <div className={css['asked']}>
          <label htmlFor={`${id}-type`}>{t('bringIn.terms.newType')}</label>
          <Select
            id={`${id}-type`}
            autoFocus
            value={term?.type ?? null}
            options={types}
            onChange={(type: TermType) => setTerm({ type } as unknown as Term)}
          />
        </div>
      </div>
      {!term && (
        <div className={css['acts']}>
          <Button onClick={close}>{t('bringIn.terms.close')}</Button>
        </div>
      )}
      {term && (
        <>
          <p className={css['sentenceOfTerm']}>
            {sentenceSoFar(term, registries, currentLanguage()) ?? t('policies.editor.incompleteTerm')}
          </p>
          <ChangeForm
            key={term.type}
            term={term}
            registries={registries}
            setTerm={setTerm}
            isSaving={isSaving}
            label={t('bringIn.terms.add')}
            accept={() => add(term)}
            close={close}
          />
        </>
      )}
    </section>
  );
}

function shortened(text: string): string {
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}
