import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ProblemError } from '../../../api/problem.js';
import type { PolicyProblem } from '../policies.types.js';
import type { Revision } from '../../../api/types.js';
import { useProblem } from '../../../ui/use-problem.js';
import { RevisionActs } from '../decide/RevisionActs.js';
import { RevisionHead } from '../RevisionHead.js';
import { ClauseList } from './ClauseList.js';
import { ClauseText } from './ClauseText.js';
import { FrameForm } from './FrameForm.js';
import { FindingsBar } from './FindingsBar.js';
import { KeptNotice } from './KeptNotice.js';
import { clauseOf, problemsOfFrame, problemsUnder } from './problem-places.js';
import { StaleNotice } from './StaleNotice.js';
import { TermsPanel } from './TermsPanel.js';
import { useDraftEditor, type DraftEditor } from './use-draft-editor.js';
import { isJudged, useFindings } from './use-findings.js';
import { useSaveShortcut } from './save-shortcut.js';
import css from './editor.module.css';

const frameKey = 'policy';

/** Left the clauses, in the middle the text in both languages, right what the clause means to the gate. */
export function RevisionEditor({ revision }: { revision: Revision }) {
  const [search, setSearch] = useSearchParams();
  const editor = useDraftEditor(revision);
  const findings = useFindings(editor.document, revision.state);
  const problems = findings?.problems ?? [];
  const isEditable = revision.allowedActs.some(({ act, allowed }) => act === 'edit' && allowed) && !editor.offered;
  const save = useSave(editor);
  useSaveShortcut(() => isEditable && editor.isDirty && void save());

  const { clauses } = editor.document;
  const chosen = search.get('clause') ?? clauses[0]?.id ?? frameKey;
  const index = clauses.findIndex(({ id }) => id === chosen);
  const clause = clauses[index];
  const choose = (key: string) => setSearch({ clause: key }, { replace: true });
  const open = (problem: PolicyProblem) => choose(clauses[clauseOf(problem) ?? -1]?.id ?? frameKey);

  return (
    <RevisionHead
      revision={revision}
      actions={<EditorActs revision={revision} editor={editor} save={save} isEditable={isEditable} />}
    >
      <KeptNotice editor={editor} revision={revision} />
      <StaleNotice editor={editor} />
      {isJudged(revision.state) && (
        <FindingsBar findings={findings} saveError={editor.saveError} open={open} clauses={clauses} />
      )}
      <div className={css['editor']}>
        <ClauseList
          editor={editor}
          findings={findings}
          chosen={clause ? clause.id : frameKey}
          choose={choose}
          frameKey={frameKey}
          isEditable={isEditable}
        />
        {clause ? (
          <>
            <ClauseText
              key={`text ${index}`}
              clause={clause}
              index={index}
              editor={editor}
              problems={problemsUnder(problems, ['clauses', index])}
              isEditable={isEditable}
              rename={choose}
            />
            <TermsPanel
              key={`terms ${clause.id}`}
              clause={clause}
              index={index}
              editor={editor}
              problems={problems}
              isEditable={isEditable}
            />
          </>
        ) : (
          <FrameForm editor={editor} problems={problemsOfFrame(problems)} isEditable={isEditable} />
        )}
      </div>
    </RevisionHead>
  );
}

interface ActsProps {
  readonly revision: Revision;
  readonly editor: DraftEditor;
  readonly save: () => Promise<void>;
  readonly isEditable: boolean;
}

function EditorActs({ revision, editor, save, isEditable }: ActsProps) {
  const { t } = useTranslation();
  if (!isEditable || !editor.isDirty) return <RevisionActs revision={revision} />;
  return (
    <>
      <span className={css['unsaved']} role="status">
        {t('policies.editor.keptHere')}
      </span>
      <Button onClick={editor.discard}>{t('policies.editor.discard')}</Button>
      <Button type="primary" loading={editor.isSaving} onClick={() => void save()}>
        {t('policies.editor.save')}
      </Button>
    </>
  );
}

/** Saves and says so; that somebody else saved first is shown on the page instead of as a message. */
function useSave(editor: DraftEditor): () => Promise<void> {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const showProblem = useProblem();
  return async () => {
    try {
      await editor.save();
      void message.success(t('policies.editor.saved'));
    } catch (error) {
      const isShownOnPage = error instanceof ProblemError && error.status === 412;
      if (!isShownOnPage) showProblem(error);
    }
  };
}
