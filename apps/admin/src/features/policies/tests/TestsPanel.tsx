import { parsePolicyTests } from '@abide/rulebook';
import { App, Button } from 'antd';
import { useDeferredValue, useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../../api/problem.js';
import type { PolicyTests } from '../policies.types.js';
import type { Revision } from '../../../api/types.js';
import { usePermission } from '../../../session/permissions.js';
import { GrowingText } from '../../../ui/GrowingText.js';
import { Panel } from '../../../ui/Panel.js';
import { Time } from '../../../ui/Time.js';
import { useProblem } from '../../../ui/use-problem.js';
import { useSaveShortcut } from '../editor/save-shortcut.js';
import { ImportProblems } from '../import/ImportProblems.js';
import { NoTestsYet } from './NoTestsYet.js';
import { StaleTests } from './StaleTests.js';
import type { TestsInHand } from './use-tests-in-hand.js';
import css from './tests.module.css';

interface Props {
  readonly revision: Revision;
  readonly kept: PolicyTests | null;
  readonly hand: TestsInHand;
  readonly run: () => void;
  readonly isRunning: boolean;
}

/** The tests as text, checked as one types. */
export function TestsPanel({ revision, kept, hand, run, isRunning }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const mayEdit = usePermission('policy.edit');
  const save = useSaving(hand);
  const typed = useDeferredValue(hand.content);
  const problems = useMemo(() => (typed.trim() ? parsePolicyTests(typed).problems : []), [typed]);
  const isEmpty = hand.content.trim() === '';
  const isSound = problems.length === 0 && !isEmpty;
  useSaveShortcut(() => mayEdit && hand.isDirty && isSound && save());
  return (
    <>
      <StaleTests hand={hand} />
      <Panel title={t('policyTests.text')} note={t('policyTests.hint')}>
        {isEmpty && <NoTestsYet revision={revision} begin={mayEdit ? hand.write : null} />}
        <label htmlFor={id} className="visually-hidden">
          {t('policyTests.text')}
        </label>
        {(mayEdit || !isEmpty) && (
          <GrowingText
            id={id}
            className="code"
            value={hand.content}
            readOnly={!mayEdit}
            spellCheck={false}
            minRows={14}
            maxRows={34}
            onChange={({ target }) => hand.write(target.value)}
          />
        )}
        <div className={css['acts']}>
          <span className={css['standing']} role="status">
            {hand.isDirty ? t('policies.editor.keptHere') : kept && <KeptBy kept={kept} />}
          </span>
          {hand.isDirty && <Button onClick={hand.discard}>{t('policies.editor.discard')}</Button>}
          {mayEdit && (
            <Button disabled={!hand.isDirty || !isSound} loading={hand.isSaving} onClick={save}>
              {t('policyTests.save')}
            </Button>
          )}
          <Button disabled={!isSound} loading={isRunning} onClick={run}>
            {t('policyTests.run')}
          </Button>
        </div>
      </Panel>
      {problems.length > 0 && <ImportProblems problems={problems} text={typed} textId={id} />}
    </>
  );
}

function KeptBy({ kept }: { kept: PolicyTests }) {
  const { t } = useTranslation();
  return (
    <>
      {t('policyTests.keptBy', { name: kept.updatedBy.name ?? kept.updatedBy.id })} <Time at={kept.updatedAt} />
    </>
  );
}

/** Saves and says so; that somebody else saved first is shown on the page instead of as a message. */
function useSaving(hand: TestsInHand): () => void {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const showProblem = useProblem();
  return () => {
    hand.save().then(
      () => void message.success(t('policies.editor.saved')),
      (error: unknown) => !isAnotherSave(error) && showProblem(error),
    );
  };
}

function isAnotherSave(error: unknown): boolean {
  return error instanceof ProblemError && (error.status === 412 || error.status === 428);
}
