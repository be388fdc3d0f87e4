import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Upload, Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { Locale } from '../../../api/types.js';
import { Markdown } from '../../../ui/Markdown.js';
import { Meter } from '../../../ui/Meter.js';
import { ProblemAlert } from '../../../ui/ProblemAlert.js';
import { ClauseIndex } from './ClauseIndex.js';
import { showImport, translateFrom, type ImportedClause, type PolicyImport, type Words } from './imports.queries.js';
import { SavedState } from './SavedState.js';
import { documentTypes } from './document-types.js';
import { TranslationForm } from './TranslationForm.js';
import { useKept } from './use-kept.js';
import type { Decisions } from './use-decisions.js';
import css from './bring-in.module.css';

/** The clauses side by side in both languages: the other one from a document of its own, or written here. */
export function LanguageStep({ imported, decisions }: { imported: PolicyImport; decisions: Decisions }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const kept = useKept<Words>('translations', imported.id);
  const { clauses } = imported;
  const other: Locale = imported.language === 'en' ? 'zh-CN' : 'en';
  const done = clauses.filter(({ translation }) => translation && !translation.isOutdated).length;
  const clause =
    clauses.find(({ id }) => id === search.get('clause')) ?? clauses.find((one) => !one.translation) ?? clauses[0];
  const choose = (id: string) => {
    const next = new URLSearchParams(search);
    next.set('clause', id);
    setSearch(next, { replace: true });
  };
  const onward = () => {
    const at = clauses.findIndex(({ id }) => id === clause?.id);
    const following = [...clauses.slice(at + 1), ...clauses.slice(0, at)].find((one) => !one.translation);
    if (following) choose(following.id);
  };
  return (
    <>
      <div className={css['bar']}>
        <span>{t('bringIn.language.done', { done, count: clauses.length })}</span>
        <Meter label={t('bringIn.language.progress')} value={done} of={clauses.length} />
        <SavedState decisions={decisions} />
      </div>
      <FromDocument imported={imported} other={other} />
      <div className={css['two']}>
        <ClauseIndex
          label={t('bringIn.clauses.label')}
          clauses={clauses}
          chosen={clause?.id ?? null}
          choose={choose}
          mark={(one) => <TranslationMark clause={one} hasDraft={kept.written.has(one.id)} />}
        />
        {clause && (
          <div className={css['sideBySide']}>
            <section
              className={css['clause']}
              lang={imported.language}
              aria-label={t(`policies.locales.${imported.language}`)}
            >
              <p className={css['localeName']}>{t(`policies.locales.${imported.language}`)}</p>
              <h2>
                <span className={css['number']}>{clause.id}</span> {clause.heading}
              </h2>
              <Markdown text={clause.body} lang={imported.language} />
            </section>
            <TranslationForm
              key={`${clause.id} ${kept.isRead} ${clause.translation?.heading ?? ''}`}
              imported={imported}
              clause={clause}
              locale={other}
              kept={kept}
              onward={onward}
            />
          </div>
        )}
      </div>
    </>
  );
}

function TranslationMark({ clause: { translation }, hasDraft }: { clause: ImportedClause; hasDraft: boolean }) {
  const { t } = useTranslation();
  if (hasDraft) return <Tag color="processing">{t('bringIn.language.unsaved')}</Tag>;
  if (!translation) return <Tag color="error">{t('policies.editor.missingLocale')}</Tag>;
  return translation.isOutdated ? <Tag color="warning">{t('bringIn.language.outdated')}</Tag> : null;
}

/** Takes the words of all clauses from a file in the other language. */
function FromDocument({ imported, other }: { imported: PolicyImport; other: Locale }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [name, setName] = useState('');
  const take = useMutation({
    mutationFn: (file: File) => translateFrom(imported.id, file),
    onSuccess: (answer) => {
      showImport(client, answer);
      const count = answer.clauses.filter(({ translation }) => translation !== null).length;
      void message.success(t('bringIn.language.taken', { count, name }));
    },
  });
  const send = (file: File): false => {
    setName(file.name);
    take.mutate(file);
    return false;
  };
  return (
    <div>
      <Upload accept={documentTypes.join()} maxCount={1} showUploadList={false} beforeUpload={send}>
        <Button loading={take.isPending}>
          {t('bringIn.language.fromDocument', { language: t(`policies.locales.${other}`) })}
        </Button>
      </Upload>{' '}
      <span className="secondary">{t('bringIn.language.fromDocumentNote')}</span>
      <ProblemAlert error={take.error} />
    </div>
  );
}
