import { describeTerm, labelOf, type Term } from '@abide/rulebook';
import { Button, Popconfirm, Tag } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyProblem } from '../policies.types.js';
import { currentLanguage } from '../../../i18n/language.js';
import type { Registries } from '../registry.queries.js';
import { FieldProblems } from './FieldProblems.js';
import { problemsUnder, worstOf } from './problem-places.js';
import { TermFieldInput } from './TermFieldInput.js';
import { fieldValue, termFields, withField } from './term-fields.js';
import css from './editor.module.css';

interface Props {
  readonly term: Term;
  readonly registries: Registries;
  readonly problems: readonly PolicyProblem[];
  readonly place: readonly (string | number)[];
  readonly isEditable: boolean;
  readonly change: (term: Term) => void;
  readonly remove: () => void;
}

/** One term: what it means in a sentence, and its form when opened. */
export function TermCard({ term, registries, problems, place, isEditable, change, remove }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const worst = worstOf(problems);
  const [opened, setOpened] = useState(worst === 'error');
  const fields = termFields[term.type];
  const placed = fields.map((field) => ({ field, problems: problemsUnder(problems, [...place, ...field.path]) }));
  const elsewhere = problems.filter((problem) => !placed.some((one) => one.problems.includes(problem)));
  return (
    <div className={css['term']} data-worst={worst}>
      <div className={css['termHead']}>
        <Tag className={css['termType'] ?? ''}>{labelOf('termType', term.type, currentLanguage())}</Tag>
        {isEditable && (
          <span>
            <Button
              type="link"
              size="small"
              aria-expanded={opened}
              aria-controls={id}
              onClick={() => setOpened(!opened)}
            >
              {t(opened ? 'policies.editor.closeTerm' : 'policies.editor.openTerm')}
            </Button>
            <Popconfirm title={t('policies.editor.removeTermSure')} onConfirm={remove}>
              <Button type="link" size="small" danger>
                {t('policies.editor.removeTerm')}
              </Button>
            </Popconfirm>
          </span>
        )}
      </div>
      <p className={css['sentence']}>{sentenceOf(term, registries) ?? t('policies.editor.incompleteTerm')}</p>
      <FieldProblems problems={opened ? elsewhere : problems} />
      {isEditable && opened && (
        <div id={id} className={css['termForm']}>
          {placed.map(({ field, problems: atField }) => (
            <TermFieldInput
              key={field.path.join('.')}
              field={field}
              value={fieldValue(term, field.path)}
              registries={registries}
              problems={atField}
              change={(value) => change(withField(term, field.path, value))}
            />
          ))}
        </div>
      )}
    </div>
  );
}

/** A term that is being written may still lack what its sentence needs. */
function sentenceOf(term: Term, registries: Registries): string | null {
  try {
    return describeTerm(term, currentLanguage(), registries.catalogue);
  } catch {
    return null;
  }
}
