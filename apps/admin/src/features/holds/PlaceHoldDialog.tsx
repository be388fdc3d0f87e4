import { App, Button, Checkbox, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { InstantField } from '../../ui/InstantField.js';
import { ManySelect } from '../../ui/ManySelect.js';
import { useRegistryNames } from '../../ui/registry-names.js';
import { useProblem } from '../../ui/use-problem.js';
import { grounds, usePlaceHold, type NewHold } from './holds.queries.js';

interface Values extends Omit<NewHold, 'subjectId' | 'from' | 'to'> {
  readonly from?: string | null;
  readonly to?: string | null;
  readonly isBarred?: boolean;
}

/** Places a hold on one person's data: why, on what, of when, until when, and whether they may know. */
export function PlaceHoldDialog({ subjectId, close }: { subjectId: string; close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [files, setFiles] = useState<readonly File[]>([]);
  const showProblem = useProblem();
  const place = usePlaceHold();
  const send = (values: Values) =>
    place.mutate(
      { ...toNewHold(values), subjectId, files },
      {
        onSuccess: () => {
          void message.success(t('holds.placed'));
          close();
        },
        onError: (error) => showProblem(error, form),
      },
    );
  return (
    <Modal open title={t('holds.place')} footer={null} width={560} onCancel={close}>
      <p>{t('holds.followsPlacing')}</p>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ categories: [] }} onFinish={send}>
        <Why />
        <Scope />
        <Telling />
        <Form.Item name="notes" label={t('holds.notes')} extra={t('holds.notesHint')}>
          <Input.TextArea rows={3} maxLength={5000} />
        </Form.Item>
        <Form.Item label={t('holds.documents')} htmlFor="hold-documents" extra={t('holds.documentsHint')}>
          <input
            id="hold-documents"
            type="file"
            multiple
            accept=".pdf,.png,.jpg,.jpeg,.webp,.heic,.txt"
            onChange={({ target }) => setFiles([...(target.files ?? [])])}
          />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={place.isPending}>
          {t('holds.place')}
        </Button>
      </Form>
    </Modal>
  );
}

function Why() {
  const { t } = useTranslation();
  const needed = { required: true, whitespace: true, message: t('holds.missing') };
  return (
    <>
      <Form.Item name="ground" label={t('holds.ground')} rules={[{ required: true, message: t('holds.missing') }]}>
        <Select options={grounds.map((value) => ({ value, label: t(`holds.grounds.${value}`) }))} />
      </Form.Item>
      <Form.Item name="article" label={t('holds.article')} extra={t('holds.articleHint')} rules={[needed]}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
    </>
  );
}

function Scope() {
  const { t } = useTranslation();
  const { optionsOf } = useRegistryNames();
  return (
    <>
      <Form.Item name="categories" label={t('holds.covers')} extra={t('holds.coversHint')}>
        <ManySelect optionFilterProp="label" options={[...(optionsOf('categories') ?? [])]} />
      </Form.Item>
      <Form.Item name="from" label={t('holds.from')}>
        <InstantField />
      </Form.Item>
      <Form.Item name="to" label={t('holds.to')} extra={t('holds.periodHint')}>
        <InstantField />
      </Form.Item>
      <Form.Item
        name="until"
        label={t('holds.until')}
        extra={t('holds.untilHint')}
        rules={[{ required: true, message: t('holds.missing') }]}
      >
        <InstantField />
      </Form.Item>
    </>
  );
}

/** The person sees it unless a law says otherwise, which is then to be named. */
function Telling() {
  const { t } = useTranslation();
  const isBarred = Form.useWatch<boolean | undefined>('isBarred');
  return (
    <>
      <Form.Item name="isBarred" valuePropName="checked" extra={t('holds.tellingHint')}>
        <Checkbox>{t('holds.mayNotTell')}</Checkbox>
      </Form.Item>
      {isBarred && (
        <Form.Item
          name="barredArticle"
          label={t('holds.barredArticle')}
          rules={[{ required: true, whitespace: true, message: t('holds.missing') }]}
        >
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
      )}
    </>
  );
}

/** What was left empty is not said. */
function toNewHold({ isBarred, barredArticle, from, to, notes, ...wanted }: Values): Omit<NewHold, 'subjectId'> {
  return {
    ...wanted,
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(notes ? { notes } : {}),
    ...(isBarred && barredArticle ? { barredArticle } : {}),
  };
}
