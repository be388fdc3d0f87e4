import type { GlossaryEntry } from '@abide/rulebook';
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Locale } from '../../../api/types.js';
import type { PolicyProblem } from '../policies.types.js';
import { languages } from '../../../i18n/language.js';
import { GrowingText } from '../../../ui/GrowingText.js';
import { FieldProblems } from './FieldProblems.js';
import { problemsUnder } from './problem-places.js';
import type { DraftEditor } from './use-draft-editor.js';
import css from './editor.module.css';

interface Props {
  readonly editor: DraftEditor;
  readonly problems: readonly PolicyProblem[];
  readonly isEditable: boolean;
}

/** Words explained in place on the public page, each with an optional link. */
export function GlossaryForm({ editor, problems, isEditable }: Props) {
  const { t } = useTranslation();
  const { glossary } = editor.document;
  const set = (next: GlossaryEntry[]) => editor.edit({ kind: 'frame', change: { glossary: next } });
  const blank: GlossaryEntry = { term: { 'zh-CN': '', en: '' }, meaning: { 'zh-CN': '', en: '' } };
  return (
    <>
      <h2 className={css['partHead']}>{t('policies.editor.glossary')}</h2>
      <p className="secondary">{t('policies.editor.glossaryHint')}</p>
      <ol className={css['glossary']}>
        {glossary.map((entry, index) => (
          <li key={index} className={css['entry']}>
            <div>
              {languages.map((locale) => (
                <WordFields
                  key={locale}
                  locale={locale}
                  entry={entry}
                  isEditable={isEditable}
                  change={(next) => set(glossary.with(index, next))}
                />
              ))}
              <FieldProblems problems={problemsUnder(problems, ['glossary', index])} />
            </div>
            {isEditable && (
              <Button
                size="small"
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('policies.editor.removeWord')}
                onClick={() => set(glossary.toSpliced(index, 1))}
              />
            )}
          </li>
        ))}
      </ol>
      {isEditable && (
        <Button
          size="small"
          icon={<PlusOutlined />}
          style={{ justifySelf: 'start' }}
          onClick={() => set([...glossary, blank])}
        >
          {t('policies.editor.addWord')}
        </Button>
      )}
    </>
  );
}

interface WordProps {
  readonly locale: Locale;
  readonly entry: GlossaryEntry;
  readonly isEditable: boolean;
  readonly change: (entry: GlossaryEntry) => void;
}

function WordFields({ locale, entry, isEditable, change }: WordProps) {
  const { t } = useTranslation();
  const language = t(`policies.locales.${locale}`);
  const shared = { readOnly: !isEditable, variant: isEditable ? 'outlined' : 'filled' } as const;
  return (
    <div className={css['word']} lang={locale}>
      <Input
        {...shared}
        aria-label={t('policies.editor.word', { language })}
        value={entry.term[locale]}
        maxLength={120}
        onChange={({ target }) => change({ ...entry, term: { ...entry.term, [locale]: target.value } })}
      />
      <GrowingText
        {...shared}
        aria-label={t('policies.editor.meaning', { language })}
        value={entry.meaning[locale]}
        minRows={1}
        maxRows={4}
        maxLength={2000}
        onChange={({ target }) => change({ ...entry, meaning: { ...entry.meaning, [locale]: target.value } })}
      />
    </div>
  );
}
