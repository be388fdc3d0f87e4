import type { Clause, PolicyDocument } from '@abide/rulebook';
import { Alert, Button, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocalized } from '../../../i18n/language.js';
import { useProblem } from '../../../ui/use-problem.js';
import type { DraftEditor } from './use-draft-editor.js';

/** Somebody else saved first: says which clauses differ, keeps the text in hand, and leaves the choice. */
export function StaleNotice({ editor }: { editor: DraftEditor }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const showProblem = useProblem();
  const { theirs } = editor;
  if (!theirs) return null;
  const differing = clausesThatDiffer(editor.document, theirs.document as PolicyDocument);
  const names = differing.map(({ heading, id }) => localized(heading) || id).join(t('ui.listSeparator'));
  return (
    <Alert
      type="warning"
      showIcon
      title={t('policies.editor.stale')}
      description={names ? t('policies.editor.staleClauses', { names }) : t('policies.editor.staleFrame')}
      action={
        <Space orientation="vertical">
          <Button size="small" onClick={editor.takeTheirs}>
            {t('policies.editor.takeTheirs')}
          </Button>
          <Button
            size="small"
            danger
            onClick={() => void editor.saveOverTheirs().catch((error: unknown) => showProblem(error))}
          >
            {t('policies.editor.saveOver')}
          </Button>
        </Space>
      }
    />
  );
}

function clausesThatDiffer(mine: PolicyDocument, theirs: PolicyDocument): readonly Clause[] {
  const before = new Map(theirs.clauses.map((clause) => [clause.id, JSON.stringify(clause)]));
  const changed = mine.clauses.filter((clause) => before.get(clause.id) !== JSON.stringify(clause));
  const kept = new Set(mine.clauses.map(({ id }) => id));
  return [...changed, ...theirs.clauses.filter(({ id }) => !kept.has(id))];
}
