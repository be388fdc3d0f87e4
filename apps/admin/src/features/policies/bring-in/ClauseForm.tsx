import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { GrowingText } from '../../../ui/GrowingText.js';
import { ProblemAlert } from '../../../ui/ProblemAlert.js';
import { useSaveShortcut } from '../editor/save-shortcut.js';
import { clauseIdShape } from './clause-ids.js';
import type { ClauseEdit, ImportedClause } from './imports.queries.js';
import css from './bring-in.module.css';

interface Props {
  readonly clause: ImportedClause;
  readonly language: string;
  readonly isSaving: boolean;
  readonly error: unknown;
  /** What was written before and not saved. */
  readonly kept: WrittenClause | undefined;
  /** Called as it is written; null where it is as it was saved. */
  readonly keep: (written: WrittenClause | null) => void;
  /** With the name that the clause then has. */
  readonly save: (edits: readonly ClauseEdit[], id: string) => void;
  readonly close: () => void;
}

export type WrittenClause = Pick<ImportedClause, 'id' | 'heading' | 'body'>;

/** The clause to be written otherwise. */
export function ClauseForm({ clause, language, isSaving, error, kept, keep, save, close }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<WrittenClause>();
  useSaveShortcut(form.submit);
  const needed = { required: true, whitespace: true, message: t('policies.write.missing') };
  return (
    <section className={css['clause']} aria-label={clause.heading}>
      <ProblemAlert error={error} />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ ...wordsOf(clause), ...kept }}
        onValuesChange={(_changed, written: WrittenClause) =>
          keep(editsOf(clause, written).length > 0 ? wordsOf(written) : null)
        }
        onFinish={(written) => save(editsOf(clause, written), written.id)}
      >
        <Form.Item name="heading" label={t('bringIn.clauses.heading')} rules={[needed]}>
          <Input maxLength={200} lang={language} autoFocus />
        </Form.Item>
        <Form.Item
          name="id"
          label={t('bringIn.clauses.number')}
          rules={[needed, { pattern: clauseIdShape, message: t('bringIn.clauses.numberShape') }]}
        >
          <Input maxLength={80} className="code" autoComplete="off" style={{ maxWidth: 220 }} />
        </Form.Item>
        <Form.Item name="body" label={t('bringIn.clauses.body')} extra={t('bringIn.clauses.bodyHint')} rules={[needed]}>
          <GrowingText lang={language} minRows={10} maxRows={30} maxLength={20_000} />
        </Form.Item>
        <div className={css['acts']}>
          <Button type="primary" htmlType="submit" loading={isSaving}>
            {t('bringIn.clauses.save')}
          </Button>
          <Button onClick={close}>{t('bringIn.clauses.close')}</Button>
        </div>
      </Form>
    </section>
  );
}

function wordsOf({ id, heading, body }: WrittenClause): WrittenClause {
  return { id, heading, body };
}

function editsOf(clause: ImportedClause, { id, heading, body }: WrittenClause): ClauseEdit[] {
  const clauseId = clause.id;
  return [
    ...(heading === clause.heading ? [] : [{ kind: 'rename' as const, clauseId, heading }]),
    ...(body === clause.body ? [] : [{ kind: 'rewrite' as const, clauseId, body }]),
    ...(id === clause.id ? [] : [{ kind: 'renumber' as const, clauseId, newId: id }]),
  ];
}
