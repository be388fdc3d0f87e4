import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../../ui/ProblemAlert.js';
import type { ClauseEdit, ImportedClause } from './imports.queries.js';
import { clauseIdShape, nextId } from './clause-ids.js';

interface Props {
  readonly clause: ImportedClause;
  /** The paragraph with which the new clause begins. */
  readonly at: number;
  readonly taken: readonly string[];
  readonly isSaving: boolean;
  readonly error: unknown;
  readonly split: (edit: ClauseEdit) => void;
  readonly close: () => void;
}

interface Named {
  readonly newId: string;
  readonly heading: string;
}

const longestHeading = 200;
const suggested = 30;

/** A short line that ends no sentence may be meant as a heading; its number is no part of it. */
function headingIn(line: string): string {
  const bare = line.replace(/^(?:\d+[.、．)）]|[（(][^（()）]{1,3}[)）]|\p{Script=Han}{1,3}、)\s*/u, '');
  return bare.length <= suggested && !/[。；;，,.：:!！?？]$/u.test(bare) ? bare : '';
}

/** Asks what the clause that begins here is called. */
export function SplitDialog({ clause, at, taken, isSaving, error, split, close }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Named>();
  const needed = { required: true, whitespace: true, message: t('policies.write.missing') };
  const first = clause.paragraphs[at]?.text ?? '';
  const initial = { newId: nextId(clause.id, taken), heading: headingIn(first) };
  const free = async (_rule: unknown, id: string) => {
    if (taken.includes(id)) throw new Error(t('bringIn.clauses.taken'));
  };
  return (
    <Modal
      open
      title={t('bringIn.clauses.splitTitle')}
      okText={t('bringIn.clauses.split')}
      confirmLoading={isSaving}
      onOk={form.submit}
      onCancel={close}
    >
      <p className="secondary">{first.length > 80 ? `${first.slice(0, 80)}…` : first}</p>
      <ProblemAlert error={error} />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={initial}
        onFinish={({ newId, heading }) => split({ kind: 'split', clauseId: clause.id, paragraph: at, newId, heading })}
      >
        <Form.Item name="heading" label={t('bringIn.clauses.heading')} rules={[needed]}>
          <Input maxLength={longestHeading} autoFocus />
        </Form.Item>
        <Form.Item
          name="newId"
          label={t('bringIn.clauses.number')}
          rules={[needed, { pattern: clauseIdShape, message: t('bringIn.clauses.numberShape') }, { validator: free }]}
        >
          <Input maxLength={80} className="code" autoComplete="off" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
