import type { Clause } from '@abide/rulebook';
import { Form, Input, Segmented } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Locale } from '../../../api/types.js';
import type { PolicyProblem } from '../policies.types.js';
import { languages } from '../../../i18n/language.js';
import { LocaleText } from './LocaleText.js';
import { FieldProblems } from './FieldProblems.js';
import { problemsUnder } from './problem-places.js';
import type { DraftEditor } from './use-draft-editor.js';
import css from './editor.module.css';
import type { TextView } from './text-view.js';

interface Props {
  readonly clause: Clause;
  readonly index: number;
  readonly editor: DraftEditor;
  readonly problems: readonly PolicyProblem[];
  readonly isEditable: boolean;
  readonly rename: (id: string) => void;
}

/** The clause in each language side by side, as it is written and as it will be read. */
export function ClauseText({ clause, index, editor, problems, isEditable, rename }: Props) {
  const { t } = useTranslation();
  const [view, setView] = useState<TextView>('both');
  const change = (part: 'heading' | 'body', locale: Locale, text: string) =>
    editor.edit({ kind: 'clause', index, change: { [part]: { ...clause[part], [locale]: text } } });
  return (
    <section className={css['middle']} aria-label={t('policies.editor.text')}>
      <div className={css['middleHead']}>
        {isEditable ? (
          <ClauseId key={clause.id} clause={clause} index={index} editor={editor} problems={problems} rename={rename} />
        ) : (
          <span className="code secondary">{clause.id}</span>
        )}
        {isEditable && (
          <Segmented<TextView>
            size="small"
            value={view}
            onChange={setView}
            options={(['write', 'both', 'read'] as const).map((value) => ({
              value,
              label: t(`policies.editor.views.${value}`),
            }))}
          />
        )}
      </div>
      <div className={css['locales']}>
        {languages.map((locale) => (
          <LocaleText
            key={locale}
            locale={locale}
            heading={clause.heading[locale] ?? ''}
            body={clause.body[locale] ?? ''}
            view={isEditable ? view : 'read'}
            problems={problems.filter(({ path }) => path.endsWith(`.${locale}`))}
            change={(part, text) => change(part, locale, text)}
          />
        ))}
      </div>
    </section>
  );
}

/** The id that pairs the clause with its earlier texts; written only when the field is left, for it is in the address too. */
function ClauseId({ clause, index, editor, problems, rename }: Omit<Props, 'isEditable'>) {
  const { t } = useTranslation();
  const id = useId();
  const apply = (typed: string) => {
    const next = typed.trim();
    if (next === '' || next === clause.id) return;
    editor.edit({ kind: 'clause', index, change: { id: next } });
    rename(next);
  };
  return (
    <Form.Item
      label={t('policies.editor.clauseId')}
      colon={false}
      htmlFor={id}
      tooltip={t('policies.editor.clauseIdHint')}
      style={{ margin: 0 }}
      layout="horizontal"
    >
      <Input
        id={id}
        size="small"
        className="code"
        defaultValue={clause.id}
        maxLength={80}
        style={{ width: 220 }}
        onBlur={({ target }) => apply(target.value)}
        onPressEnter={({ currentTarget }) => apply(currentTarget.value)}
      />
      <FieldProblems problems={problemsUnder(problems, ['clauses', index, 'id'])} />
    </Form.Item>
  );
}
