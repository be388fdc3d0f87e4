import { App, Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../../api/problem.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { useProblem } from '../../../ui/use-problem.js';
import { bodyOf, formOf, type EntryForm } from './entry-changes.js';
import { EntryFields } from './EntryFields.js';
import { useAddEntry } from './registries.queries.js';
import type { RegistryKind } from './registry-kinds.js';

/** What the server takes for a code. */
const codeShape = /^[a-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*$/;

/** Registers an entry; its code is for good, because clauses cite it. */
export function NewEntryDialog({ kind, close }: { kind: RegistryKind; close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<EntryForm>();
  const showProblem = useProblem();
  const textOf = useProblemText();
  const add = useAddEntry(kind.name);
  const send = (given: EntryForm) =>
    add.mutate(
      { code: given.code, ...bodyOf(kind, { ...formOf(kind, null), ...given }) },
      {
        onSuccess: ({ code }) => {
          void message.success(t('consent.added', { code }));
          close();
        },
        onError: (error) => (isTaken(error) ? form.setFields([{ name: 'code', errors: [textOf(error).title] }]) : showProblem(error, form)),
      },
    );
  return (
    <Modal open title={t(`consent.${kind.name}.add`)} footer={null} width={kind.hasEventFields ? 720 : 480} onCancel={close}>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={formOf(kind, null)} onFinish={send}>
        <Form.Item
          name="code"
          label={t('consent.code')}
          extra={t('consent.codeHint')}
          rules={[
            { required: true, message: t('settings.missing') },
            { pattern: codeShape, message: t('consent.codeShape') },
          ]}
        >
          <Input className="code" maxLength={80} autoComplete="off" spellCheck={false} />
        </Form.Item>
        <EntryFields kind={kind} flags={kind.flags} />
        <Button type="primary" htmlType="submit" block loading={add.isPending}>
          {t(`consent.${kind.name}.add`)}
        </Button>
      </Form>
    </Modal>
  );
}

function isTaken(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'registry.code_taken';
}
