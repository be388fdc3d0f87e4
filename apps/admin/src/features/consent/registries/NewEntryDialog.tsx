import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../../api/problem.js';
import type { ChangePreview } from '../consent.types.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { useProblem } from '../../../ui/use-problem.js';
import { bodyOf, formOf, type EntryForm } from './entry-changes.js';
import { EntryFields } from './EntryFields.js';
import { ForeseenChange } from './ForeseenChange.js';
import { isWaiting, useAddEntry, useForeseeEntry } from './registries.queries.js';
import type { RegistryKind } from './registry-kinds.js';

/** What the server takes for a code. */
const codeShape = /^[a-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*$/;

/** Registers an entry; its code is for good, because clauses cite it. What it would open is shown first. */
export function NewEntryDialog({ kind, close }: { kind: RegistryKind; close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<EntryForm>();
  const showProblem = useProblem();
  const textOf = useProblemText();
  const add = useAddEntry(kind.name);
  const foresee = useForeseeEntry(kind.name);
  const [foreseen, setForeseen] = useState<ChangePreview | null>(null);
  const onError = (error: Error) =>
    isTaken(error) ? form.setFields([{ name: 'code', errors: [textOf(error).title] }]) : showProblem(error, form);
  const register = (body: Parameters<typeof add.mutate>[0]) =>
    add.mutate(body, {
      onSuccess: (outcome) => {
        void (isWaiting(outcome)
          ? message.info(t('consent.foreseen.waiting'))
          : message.success(t('consent.added', { code: body.code })));
        close();
      },
      onError,
    });
  const send = (given: EntryForm) => {
    const body = { code: given.code, ...bodyOf(kind, { ...formOf(kind, null), ...given }) };
    if (foreseen) return register(body);
    foresee.mutate(body, {
      onSuccess: (preview) => (preview.opens.length > 0 ? setForeseen(preview) : register(body)),
      onError,
    });
  };
  return (
    <Modal
      open
      title={t(`consent.${kind.name}.add`)}
      footer={null}
      width={kind.hasEventFields ? 720 : 480}
      onCancel={close}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={formOf(kind, null)}
        onValuesChange={() => setForeseen(null)}
        onFinish={send}
      >
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
        {foreseen && <ForeseenChange preview={foreseen} />}
        <Button type="primary" htmlType="submit" block loading={add.isPending || foresee.isPending}>
          {t(
            foreseen
              ? foreseen.waits
                ? 'consent.foreseen.propose'
                : 'consent.foreseen.open'
              : `consent.${kind.name}.add`,
          )}
        </Button>
      </Form>
    </Modal>
  );
}

function isTaken(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'registry.code_taken';
}
