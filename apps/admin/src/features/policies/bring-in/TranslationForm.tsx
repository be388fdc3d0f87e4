import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Locale } from '../../../api/types.js';
import { GrowingText } from '../../../ui/GrowingText.js';
import { ProblemAlert } from '../../../ui/ProblemAlert.js';
import { useSaveShortcut } from '../editor/save-shortcut.js';
import { showImport, translateClause, type ImportedClause, type PolicyImport, type Words } from './imports.queries.js';
import type { Kept } from './use-kept.js';
import css from './bring-in.module.css';

interface Props {
  readonly imported: PolicyImport;
  readonly clause: ImportedClause;
  readonly locale: Locale;
  readonly kept: Kept<Words>;
  /** To the next clause that stands in one language. */
  readonly onward: () => void;
}

/** The words of a clause in the other language. */
export function TranslationForm({ imported, clause, locale, kept, onward }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const id = useId();
  const saved = clause.translation ?? { heading: '', body: '' };
  const [words, setWords] = useState<Words>(kept.written.get(clause.id) ?? saved);
  const save = useMutation({
    mutationFn: () => translateClause(imported.id, clause.id, { heading: words.heading, body: words.body }),
    onSuccess: (answer) => {
      kept.keep(clause.id, null);
      showImport(client, answer);
      onward();
    },
  });
  const write = (change: Partial<Words>) => {
    const next = { heading: words.heading, body: words.body, ...change };
    setWords(next);
    kept.keep(clause.id, next.heading === saved.heading && next.body === saved.body ? null : next);
  };
  const isWhole = words.heading.trim() !== '' && words.body.trim() !== '';
  useSaveShortcut(() => isWhole && save.mutate());
  const language = t(`policies.locales.${locale}`);
  return (
    <section className={css['clause']} aria-label={language}>
      <p className={css['localeName']}>{language}</p>
      {clause.translation?.isOutdated && <Alert type="warning" showIcon title={t('bringIn.language.outdatedNote')} />}
      <ProblemAlert error={save.error} />
      <label htmlFor={`${id}-heading`}>{t('policies.editor.heading', { language })}</label>
      <Input
        id={`${id}-heading`}
        lang={locale}
        value={words.heading}
        maxLength={200}
        onChange={({ target }) => write({ heading: target.value })}
      />
      <label htmlFor={`${id}-body`}>{t('policies.editor.body', { language })}</label>
      <GrowingText
        id={`${id}-body`}
        lang={locale}
        value={words.body}
        minRows={8}
        maxRows={28}
        maxLength={20_000}
        onChange={({ target }) => write({ body: target.value })}
      />
      <div className={css['acts']}>
        <Button type="primary" disabled={!isWhole} loading={save.isPending} onClick={() => save.mutate()}>
          {t('bringIn.language.save')}
        </Button>
      </div>
    </section>
  );
}
