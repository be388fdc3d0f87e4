import { useQuery } from '@tanstack/react-query';
import { App, Button, Form, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../../api/problem.js';
import { Loaded } from '../../../ui/Loaded.js';
import { useProblem } from '../../../ui/use-problem.js';
import { changesOf, formOf, type EntryForm } from './entry-changes.js';
import { EntryFields } from './EntryFields.js';
import { RefusedChange } from './RefusedChange.js';
import { entryQuery, useChangeEntry, type ReadEntry } from './registries.queries.js';
import { flagsOf, type EntryFlag, type RegistryKind } from './registry-kinds.js';

interface Props {
  readonly kind: RegistryKind;
  readonly code: string;
  readonly close: () => void;
}

/** Changes an entry as it stands on the server now, not as the list last showed it. */
export function ChangeEntryDialog({ kind, code, close }: Props) {
  const entry = useQuery(entryQuery(kind.name, code));
  return (
    <Modal open title={<span className="code">{code}</span>} footer={null} width={kind.hasEventFields ? 720 : 480} onCancel={close}>
      <Loaded query={entry}>{(found) => <ChangeForm kind={kind} read={found} close={close} />}</Loaded>
    </Modal>
  );
}

/** After a stale save the form stays as typed; what is saved is read again, and another save is made on that. */
function ChangeForm({ kind, read: { entry, etag }, close }: { kind: RegistryKind; read: ReadEntry; close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<EntryForm>();
  const showProblem = useProblem();
  const change = useChangeEntry(kind.name, entry.code);
  const send = (given: EntryForm) => {
    const changes = changesOf(kind, { ...formOf(kind, entry), ...given }, entry);
    if (Object.keys(changes).length === 0) return close();
    change.mutate(
      { changes, etag },
      {
        onSuccess: () => {
          void message.success(t('consent.changed', { code: entry.code }));
          close();
        },
        onError: (error) => !isShownHere(error) && showProblem(error, form),
      },
    );
  };
  const takeSaved = () => {
    form.setFieldsValue(formOf(kind, entry));
    change.reset();
  };
  return (
    <Form form={form} layout="vertical" requiredMark={false} initialValues={formOf(kind, entry)} onFinish={send}>
      <EntryFields kind={kind} flags={flagsOf(kind)} guarded={entry.seed ? guardedFlags(kind, entry) : []} />
      {isShownHere(change.error) && <RefusedChange error={change.error} takeSaved={takeSaved} />}
      <Button type="primary" htmlType="submit" block loading={change.isPending}>
        {t('settings.save')}
      </Button>
    </Form>
  );
}

/** What ships as sensitive, located or covered stays so (PIPL art. 28); making it stricter is open. */
function guardedFlags(kind: RegistryKind, entry: ReadEntry['entry']): readonly EntryFlag[] {
  return kind.flags.filter((flag) => entry[flag] === true);
}

/** Refusals that have something to list or to choose, which a passing message cannot. */
function isShownHere(error: unknown): error is ProblemError {
  return error instanceof ProblemError && (error.code.startsWith('registry.') || error.status === 412);
}
