import { App, Button, Form, Input, Modal, Radio, Upload } from 'antd';
import type { UploadFile } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblem } from '../../ui/use-problem.js';
import css from './requests.module.css';
import { useCategoryName, useHolderName } from './holder-names.js';
import { useCompleteTask, type SubjectRequest } from './requests.queries.js';

interface Props {
  readonly request: SubjectRequest;
  readonly holder: string;
  readonly taskId: string;
}

/** What a holder leaves to a person: who is to do it, and for them a way to say that it is done. */
export function ManualTask({ request, taskId }: Omit<Props, 'holder'>) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const task = request.tasks.find(({ id }) => id === taskId);
  if (!task || request.state !== 'fulfilling') return null;
  const { role, people, holder, isYours } = task;
  const who = role ? t(`roles.${role}`, { defaultValue: role }) : people.join(t('ui.listSeparator'));
  return (
    <>
      {who && <p className="secondary">{t('requests.manual.leftTo', { who })}</p>}
      {isYours && (
        <Button size="small" type="link" className={css['task'] ?? ''} onClick={() => setOpen(true)}>
          {t('requests.manual.open')}
        </Button>
      )}
      {isOpen && <ManualTaskDialog request={request} holder={holder} taskId={taskId} close={() => setOpen(false)} />}
    </>
  );
}

const handOutcomes = ['done', 'nothing', 'withdrawn'] as const;

interface Given {
  readonly outcome: 'done' | 'nothing' | 'withdrawn';
  readonly evidence: string;
  readonly files?: UploadFile[];
  readonly copies?: UploadFile[];
}

function ManualTaskDialog({ request, holder, taskId, close }: Props & { close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const showProblem = useProblem();
  const holderName = useHolderName(request.names);
  const complete = useCompleteTask(request.id, taskId);
  const isShown = request.type === 'access' || request.type === 'portability';
  const isGone = whyLeft(request, taskId) === 'withdrawn';
  const send = ({ outcome, evidence, files, copies }: Given) =>
    complete.mutate(
      { outcome, text: evidence, files: chosen(files), copies: chosen(copies) },
      {
        onSuccess: () => {
          void message.success(t('requests.manual.recorded'));
          close();
        },
        onError: (error) => showProblem(error),
      },
    );
  return (
    <Modal open title={t('requests.manual.title', { holder: holderName(holder) })} footer={null} onCancel={close}>
      <WhatToDo request={request} holder={holder} taskId={taskId} />
      <Form<Given> layout="vertical" requiredMark={false} initialValues={{ outcome: 'done' }} onFinish={send}>
        <Form.Item name="outcome" label={t('requests.manual.outcome')}>
          <Radio.Group
            options={(isGone ? handOutcomes : handOutcomes.slice(0, 2)).map((value) => ({
              value,
              label: t(`requests.manual.outcomes.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="evidence"
          label={t('requests.manual.evidence')}
          extra={t('requests.manual.evidenceHint')}
          rules={[{ required: true, whitespace: true, message: t('requests.writeSomething') }]}
        >
          <Input.TextArea rows={4} maxLength={2000} />
        </Form.Item>
        {isShown && <Files name="copies" hint={t('requests.manual.copiesHint')} />}
        <Files name="files" hint={t('requests.manual.evidenceHint')} />
        <Button type="primary" htmlType="submit" block loading={complete.isPending}>
          {t('requests.manual.open')}
        </Button>
      </Form>
    </Modal>
  );
}

function Files({ name, hint }: { name: 'copies' | 'files'; hint: string }) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name={name}
      label={t(`requests.manual.${name}`)}
      extra={hint}
      valuePropName="fileList"
      getValueFromEvent={({ fileList }: { fileList: UploadFile[] }) => fileList}
    >
      <Upload beforeUpload={() => false} maxCount={10} multiple>
        <Button size="small">{t('requests.manual.choose')}</Button>
      </Upload>
    </Form.Item>
  );
}

function chosen(files: readonly UploadFile[] = []): File[] {
  return files.flatMap(({ originFileObj }) => originFileObj ?? []);
}

/** By the kind of request, of which kinds of data, and why it is left to a person. */
function WhatToDo({ request, holder, taskId }: Props) {
  const { t } = useTranslation();
  const nameOf = useCategoryName(request.names);
  const granted = request.decisions.filter((one) => one.holder === holder && one.outcome === 'grant');
  const kinds = granted.map(({ category }) => nameOf(category)).join(t('ui.listSeparator'));
  const why = whyLeft(request, taskId);
  const what = todoOf(request.type);
  return (
    <>
      {why === 'needsIdentifier' && <p>{t('requests.manual.needsIdentifier')}</p>}
      {why === 'withdrawn' && <p>{t('requests.manual.withdrawn')}</p>}
      <p>{t(`requests.manual.todo.${what}`, { kinds: kinds || t('requests.everything') })}</p>
    </>
  );
}

function whyLeft(request: SubjectRequest, taskId: string): string | null {
  return request.holders.find((one) => one.taskId === taskId)?.outcome ?? null;
}

function todoOf(type: SubjectRequest['type']): 'access' | 'correction' | 'restriction' | 'other' {
  if (type === 'portability') return 'access';
  return type === 'access' || type === 'correction' || type === 'restriction' ? type : 'other';
}
