import { guideTermTypes, labelOf, termTypes, type Clause } from '@abide/rulebook';
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PolicyProblem } from '../policies.types.js';
import { currentLanguage } from '../../../i18n/language.js';
import { registriesQuery } from '../registry.queries.js';
import { FieldProblems } from './FieldProblems.js';
import { problemsUnder } from './problem-places.js';
import { TermCard } from './TermCard.js';
import { blankTerm } from './term-fields.js';
import type { DraftEditor } from './use-draft-editor.js';
import css from './editor.module.css';

interface Props {
  readonly clause: Clause;
  readonly index: number;
  readonly editor: DraftEditor;
  readonly problems: readonly PolicyProblem[];
  readonly isEditable: boolean;
}

/** What the clause means to the gate: each term as a sentence, and as a form when it is opened. */
export function TermsPanel({ clause, index, editor, problems, isEditable }: Props) {
  const { t } = useTranslation();
  const registries = useQuery(registriesQuery).data;
  const types = (editor.document.kind === 'guide' ? guideTermTypes : termTypes).map((type) => ({
    key: type,
    label: labelOf('termType', type, currentLanguage()),
    onClick: () => editor.edit({ kind: 'addTerm', clause: index, term: blankTerm(type) }),
  }));
  const ofTheList = problems.filter(({ path }) => path === `clauses[${index}].terms`);
  return (
    <section className={css['terms']} aria-label={t('policies.editor.terms')}>
      <h2 className={css['partHead']}>{t('policies.editor.terms')}</h2>
      {clause.terms.length === 0 && <p className="secondary">{t('policies.editor.noTerms')}</p>}
      {!registries && <Skeleton active />}
      {registries &&
        clause.terms.map((term, position) => (
          <TermCard
            key={position}
            term={term}
            registries={registries}
            problems={problemsUnder(problems, ['clauses', index, 'terms', position])}
            place={['clauses', index, 'terms', position]}
            isEditable={isEditable}
            change={(next) => editor.edit({ kind: 'term', clause: index, index: position, term: next })}
            remove={() => editor.edit({ kind: 'removeTerm', clause: index, index: position })}
          />
        ))}
      <FieldProblems problems={ofTheList} />
      {isEditable && (
        <Dropdown trigger={['click']} menu={{ items: types }}>
          <Button size="small" icon={<PlusOutlined />}>
            {t('policies.editor.addTerm')}
          </Button>
        </Dropdown>
      )}
    </section>
  );
}
