import { App, Button, Form, Input, Modal, Radio, Upload } from 'antd';
import type { UploadFile } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePermission } from '../../session/permissions.js';
import { useProblem } from '../../ui/use-problem.js';
import { useCategoryName, useHolderName } from './holder-names.js';
import { useCompleteTask, type SubjectRequest } from './requests.queries.js';

interface Props {
  readonly request: SubjectRequest;
  readonly holder: string;
  readonly taskId: string;
}

/** What a holder leaves to a person: whoever answers requests does it and says so. */
export function ManualTask(props: Props) {
  const { t } = useTranslation();
  const mayAnswer = usePermission('request.answer');
  const [isOpen, setOpen] = useState(false);
  if (!mayAnswer || props.request.state !== 'fulfilling') return null;
  return (
    <>
      <Button size="small" type="link" onClick={() => setOpen(true)}>
        {t('requests.manual.open')}
      </Button>
      {isOpen && <ManualTaskDialog {...props} close={() => setOpen(false)} />}
    </>
  );
}

interface Given {
  readonly outcome: 'done' | 'nothing';
  readonly evidence: string;
  readonly files?: UploadFile[];
}

function ManualTaskDialog({ request, holder, taskId, close }: Props & { close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const showProblem = useProblem();
  const holderName = useHolderName(request.names);
  const complete = useCompleteTask(request.id, taskId);
  const send = ({ outcome, evidence, files = [] }: Given) =>
    complete.mutate(
      { outcome, text: evidence, files: files.flatMap(({ originFileObj }) => originFileObj ?? []) },
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
      <WhatToDo request={request} holder={holder} />
      <Form<Given> layout="vertical" requiredMark={false} initialValues={{ outcome: 'done' }} onFinish={send}>
        <Form.Item name="outcome" label={t('requests.manual.outcome')}>
          <Radio.Group
            options={(['done', 'nothing'] as const).map((value) => ({
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
        <Form.Item
          name="files"
          label={t('requests.manual.files')}
          valuePropName="fileList"
          getValueFromEvent={({ fileList }: { fileList: UploadFile[] }) => fileList}
        >
          <Upload beforeUpload={() => false} maxCount={10} multiple>
            <Button size="small">{t('requests.manual.files')}</Button>
          </Upload>
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={complete.isPending}>
          {t('requests.manual.open')}
        </Button>
      </Form>
    </Modal>
  );
}

/** By the kind of request, of which kinds of data, and why it is left to a person. */
function WhatToDo({ request, holder }: Omit<Props, 'taskId'>) {
  const { t } = useTranslation();
  const nameOf = useCategoryName(request.names);
  const granted = request.decisions.filter((one) => one.holder === holder && one.outcome === 'grant');
  const kinds = granted.map(({ category }) => nameOf(category)).join(t('ui.listSeparator'));
  const isUnknown = request.holders.some(({ name, outcome }) => name === holder && outcome === 'needsIdentifier');
  const what = request.type === 'correction' || request.type === 'restriction' ? request.type : 'other';
  return (
    <>
      {isUnknown && <p>{t('requests.manual.needsIdentifier')}</p>}
      <p>{t(`requests.manual.todo.${what}`, { kinds: kinds || t('requests.everything') })}</p>
    </>
  );
}
