import { Button, Popconfirm, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ProblemAlert } from '../../../ui/ProblemAlert.js';
import { ClauseForm, type WrittenClause } from './ClauseForm.js';
import { ClauseIndex } from './ClauseIndex.js';
import type { ClauseEdit, ImportedClause, PolicyImport } from './imports.queries.js';
import { SplitDialog } from './SplitDialog.js';
import { useClauseEdits } from './use-clause-edits.js';
import type { Decisions } from './use-decisions.js';
import { useKept, type Kept } from './use-kept.js';
import css from './bring-in.module.css';

/** The clauses as they were read, to be divided, joined, mended and removed. */
export function ClausesStep({ imported, decisions }: { imported: PolicyImport; decisions: Decisions }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const kept = useKept<WrittenClause>('clauses', imported.id);
  const { clauses } = imported;
  const clause = clauses.find(({ id }) => id === search.get('clause')) ?? clauses[0];
  const choose = (id: string) => {
    const next = new URLSearchParams(search);
    next.set('clause', id);
    setSearch(next, { replace: true });
  };
  return (
    <div className={css['two']}>
      <ClauseIndex
        label={t('bringIn.clauses.label')}
        clauses={clauses}
        chosen={clause?.id ?? null}
        choose={choose}
        mark={({ id }) => kept.written.has(id) && <Tag color="processing">{t('bringIn.language.unsaved')}</Tag>}
      />
      {clause && (
        <OneClause
          key={`${clause.id} ${kept.isRead}`}
          clause={clause}
          imported={imported}
          decisions={decisions}
          kept={kept}
          choose={choose}
        />
      )}
    </div>
  );
}

interface Props {
  readonly clause: ImportedClause;
  readonly imported: PolicyImport;
  readonly decisions: Decisions;
  readonly kept: Kept<WrittenClause>;
  readonly choose: (clauseId: string) => void;
}

function OneClause({ clause, imported, decisions, kept, choose }: Props) {
  const { t } = useTranslation();
  const [isWriting, setWriting] = useState(kept.written.has(clause.id));
  const [splitAt, setSplitAt] = useState<number | null>(null);
  const edits = useClauseEdits(imported, decisions);
  const { clauses } = imported;
  const at = clauses.indexOf(clause);
  const [before, after] = [clauses[at - 1], clauses[at + 1]];
  const send = (list: readonly ClauseEdit[], then: () => void) => edits.mutate(list, { onSuccess: then });

  if (isWriting) {
    const close = () => {
      kept.keep(clause.id, null);
      setWriting(false);
    };
    const save = (list: readonly ClauseEdit[], id: string) => {
      if (list.length === 0) return close();
      send(list, () => {
        close();
        choose(id);
      });
    };
    return (
      <ClauseForm
        clause={clause}
        language={imported.language}
        isSaving={edits.isPending}
        error={edits.error}
        kept={kept.written.get(clause.id)}
        keep={(written) => kept.keep(clause.id, written)}
        save={save}
        close={close}
      />
    );
  }
  return (
    <section className={css['clause']} aria-label={clause.heading}>
      <div className={css['clauseHead']}>
        <h2 lang={imported.language}>
          <span className={css['number']}>{clause.id}</span> {clause.heading}
        </h2>
        <div className={css['acts']}>
          <Button onClick={() => setWriting(true)}>{t('bringIn.clauses.edit')}</Button>
          {before && (
            <Button
              loading={edits.isPending}
              onClick={() => send([{ kind: 'merge', clauseId: clause.id }], () => choose(before.id))}
            >
              {t('bringIn.clauses.joinBefore')}
            </Button>
          )}
          {after && (
            <Button
              loading={edits.isPending}
              onClick={() => send([{ kind: 'merge', clauseId: after.id }], () => choose(clause.id))}
            >
              {t('bringIn.clauses.joinAfter')}
            </Button>
          )}
          {clauses.length > 1 && (
            <Popconfirm
              title={t('bringIn.clauses.removeSure')}
              onConfirm={() =>
                send([{ kind: 'remove', clauseId: clause.id }], () => choose((after ?? before ?? clause).id))
              }
            >
              <Button danger>{t('bringIn.clauses.remove')}</Button>
            </Popconfirm>
          )}
        </div>
      </div>
      <ProblemAlert error={edits.error} />
      <Paragraphs clause={clause} language={imported.language} split={setSplitAt} />
      {splitAt !== null && (
        <SplitDialog
          clause={clause}
          at={splitAt}
          taken={clauses.map(({ id }) => id)}
          isSaving={edits.isPending}
          error={edits.error}
          split={(edit) =>
            send([edit], () => {
              setSplitAt(null);
              choose(edit.newId ?? clause.id);
            })
          }
          close={() => setSplitAt(null)}
        />
      )}
    </section>
  );
}

interface ParagraphsProps {
  readonly clause: ImportedClause;
  readonly language: string;
  readonly split: (paragraph: number) => void;
}

/** Between two paragraphs a clause can be divided; a table cannot. */
function Paragraphs({ clause: { paragraphs }, language, split }: ParagraphsProps) {
  const { t } = useTranslation();
  return (
    <div className={css['paragraphs']} lang={language}>
      {paragraphs.map(({ text, level, isRow }, at) => (
        <div key={at} className={css['paragraph']}>
          {at > 0 && !(isRow && paragraphs[at - 1]?.isRow) && (
            <button type="button" className={css['split']} onClick={() => split(at)}>
              <span>{t('bringIn.clauses.split')}</span>
              <span className="visually-hidden">{text.slice(0, 40)}</span>
            </button>
          )}
          <p data-level={Math.min(level, 4)} data-row={isRow || undefined}>
            {text}
          </p>
        </div>
      ))}
    </div>
  );
}
