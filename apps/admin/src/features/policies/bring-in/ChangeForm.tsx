import type { Term } from '@abide/rulebook';
import { Button } from 'antd';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldValue, termFields, withField, type TermField } from '../editor/term-fields.js';
import { TermFieldInput } from '../editor/TermFieldInput.js';
import type { Registries } from '../registry.queries.js';
import { missingFields } from './term-words.js';
import css from './bring-in.module.css';

interface Props {
  readonly term: Term;
  readonly registries: Registries;
  readonly setTerm: (term: Term) => void;
  readonly isSaving?: boolean;
  /** What the button says, where it says something else than that a proposal is accepted. */
  readonly label?: string;
  readonly accept: () => void;
  readonly close: () => void;
}

/** What the text leaves open first, then the rest; the first of them has the focus. */
export function ChangeForm({ term, registries, setTerm, isSaving = false, label, accept, close }: Props) {
  const { t } = useTranslation();
  const form = useRef<HTMLDivElement>(null);
  // Fields do not change places while they are filled in.
  const [fields] = useState(() => {
    const missing = missingFields(term);
    return [...missing, ...termFields[term.type].filter((field) => !missing.includes(field))];
  });
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, button, textarea')?.focus();
  }, []);
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) accept();
    else if (event.key === 'Escape' && !isListOpen(event.target)) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const missing = missingFields(term);
  return (
    <div ref={form} className={css['form']} onKeyDownCapture={onKey}>
      {fields.map((field) => (
        <div key={field.path.join('.')} className={isMissing(field, missing) ? css['openField'] : undefined}>
          <TermFieldInput
            field={field}
            value={fieldValue(term, field.path)}
            registries={registries}
            problems={[]}
            change={(value) => setTerm(withField(term, field.path, value))}
          />
        </div>
      ))}
      <div className={css['acts']}>
        <Button type="primary" loading={isSaving} onClick={accept}>
          {label ?? t(missing.length > 0 ? 'bringIn.terms.acceptOpen' : 'bringIn.terms.acceptChanged')}
        </Button>
        <Button onClick={close}>{t('bringIn.terms.close')}</Button>
      </div>
    </div>
  );
}

function isMissing({ path }: TermField, missing: readonly TermField[]): boolean {
  return missing.some((one) => one.path.join('.') === path.join('.'));
}

/** Escape closes the list of a choice before it closes the form. */
function isListOpen(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.getAttribute('aria-expanded') === 'true';
}
