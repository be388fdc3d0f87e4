import { useQuery } from '@tanstack/react-query';
import { App, Button, Form, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../../api/problem.js';
import type { ChangePreview } from '../consent.types.js';
import { Loaded } from '../../../ui/Loaded.js';
import { useProblem } from '../../../ui/use-problem.js';
import { changesOf, formOf, type EntryBody, type EntryForm } from './entry-changes.js';
import { EntryFields } from './EntryFields.js';
import { ForeseenChange } from './ForeseenChange.js';
import { RefusedChange } from './RefusedChange.js';
import { entryQuery, isWaiting, useChangeEntry, useForeseeChange, type ReadEntry } from './registries.queries.js';
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
    <Modal
      open
      title={<span className="code">{code}</span>}
      footer={null}
      width={kind.hasEventFields ? 720 : 480}
      onCancel={close}
    >
      <Loaded query={entry}>{(found) => <ChangeForm kind={kind} read={found} close={close} />}</Loaded>
    </Modal>
  );
}

/** What a change would open is shown before it is asked for. After a stale save the form stays as typed; what is saved is read again, and another save is made on that. */
function ChangeForm({
  kind,
  read: { entry, etag },
  close,
}: {
  kind: RegistryKind;
  read: ReadEntry;
  close: () => void;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<EntryForm>();
  const showProblem = useProblem();
  const change = useChangeEntry(kind.name, entry.code);
  const foresee = useForeseeChange(kind.name, entry.code);
  const [foreseen, setForeseen] = useState<ChangePreview | null>(null);
  const refused = change.error ?? foresee.error;
  const onError = (error: Error) => !isShownHere(error) && showProblem(error, form);
  const save = (changes: EntryBody) =>
    change.mutate(
      { changes, etag },
      {
        onSuccess: (outcome) => {
          void (isWaiting(outcome)
            ? message.info(t('consent.foreseen.waiting'))
            : message.success(t('consent.changed', { code: entry.code })));
          close();
        },
        onError,
      },
    );
  const send = (given: EntryForm) => {
    const changes = changesOf(kind, { ...formOf(kind, entry), ...given }, entry);
    if (Object.keys(changes).length === 0) return close();
    if (foreseen) return save(changes);
    foresee.mutate(
      { changes, etag },
      { onSuccess: (preview) => (preview.opens.length > 0 ? setForeseen(preview) : save(changes)), onError },
    );
  };
  const takeSaved = () => {
    form.setFieldsValue(formOf(kind, entry));
    change.reset();
    foresee.reset();
  };
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={formOf(kind, entry)}
      onValuesChange={() => setForeseen(null)}
      onFinish={send}
    >
      <EntryFields kind={kind} flags={flagsOf(kind)} guarded={entry.seed ? guardedFlags(kind, entry) : []} />
      {isShownHere(refused) && <RefusedChange error={refused} takeSaved={takeSaved} />}
      {foreseen && <ForeseenChange preview={foreseen} />}
      <Button type="primary" htmlType="submit" block loading={change.isPending || foresee.isPending}>
        {t(foreseen ? (foreseen.waits ? 'consent.foreseen.propose' : 'consent.foreseen.open') : 'settings.save')}
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
