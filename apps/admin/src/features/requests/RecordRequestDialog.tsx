import { App, Button, Form, Input, Modal, Radio, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { LocalizedText } from '../../api/types.js';
import { useLocalized } from '../../i18n/language.js';
import { ManySelect } from '../../ui/ManySelect.js';
import { useProblem } from '../../ui/use-problem.js';
import { AskerByAddress, WhatByAddress } from './AskerByAddress.js';
import { heldQuery, requestTypes, useRecordRequest, type RecordedRequest } from './requests.queries.js';

type Values = Omit<RecordedRequest, 'files' | 'corrections'> & { readonly corrected?: string };

const channels = ['telephone', 'letter', 'counter'] as const;
const inWords: readonly string[] = ['inquiry', 'complaint', 'explanation'];

/** Records what somebody asked by telephone, by letter or at the counter; `subjectId` is null where they have no account. */
export function RecordRequestDialog({ subjectId, close }: { subjectId: string | null; close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const [files, setFiles] = useState<readonly File[]>([]);
  const showProblem = useProblem();
  const record = useRecordRequest();
  const send = (values: Values) =>
    record.mutate(
      { ...(subjectId === null ? byAddress(values) : { ...toRecorded(values), subjectId }), files },
      {
        onSuccess: ({ id, number }) => {
          if (number === null) {
            void message.success(t('requests.record.codeSent'), 8);
            return close();
          }
          void message.success(t('requests.record.recorded', { number }));
          void navigate(`/requests/${id}`);
        },
        onError: (error) => showProblem(error, form),
      },
    );
  return (
    <Modal open title={t('requests.record.title')} footer={null} width={560} onCancel={close}>
      <p>{t(subjectId === null ? 'requests.record.followsByAddress' : 'requests.record.follows')}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          channel: 'telephone',
          type: 'access',
          ...(subjectId === null ? { identifier: { type: 'phone' }, locale: 'zh-CN' } : { categories: [] }),
        }}
        onFinish={send}
      >
        <Form.Item name="channel" label={t('requests.record.channel')}>
          <Radio.Group options={channels.map((value) => ({ value, label: t(`requests.channels.${value}`) }))} />
        </Form.Item>
        {subjectId === null ? (
          <>
            <AskerByAddress />
            <WhatByAddress inWords={inWords} />
          </>
        ) : (
          <What subjectId={subjectId} />
        )}
        <Form.Item
          name="evidence"
          label={t('requests.record.evidence')}
          extra={t('requests.record.evidenceHint')}
          rules={[{ required: true, whitespace: true, message: t('requests.record.missing') }]}
        >
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        <Form.Item label={t('requests.attachments')} htmlFor="request-files" extra={t('requests.record.filesHint')}>
          <input
            id="request-files"
            type="file"
            multiple
            accept=".pdf,.png,.jpg,.jpeg,.webp,.heic,.txt"
            onChange={({ target }) => setFiles([...(target.files ?? [])])}
          />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('requests.record.reason')}
          extra={t('requests.record.reasonHint')}
          rules={[{ required: true, min: 5, message: t('requests.record.reasonMissing') }]}
        >
          <Input maxLength={500} autoComplete="off" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={record.isPending}>
          {t('requests.record.title')}
        </Button>
      </Form>
    </Modal>
  );
}

/** What is asked, and what more this kind of request needs. */
function What({ subjectId }: { subjectId: string }) {
  const { t } = useTranslation();
  const { categories, purposes } = useHeld(subjectId);
  const type = Form.useWatch<string | undefined>('type') ?? '';
  const needed = { required: true, whitespace: true, message: t('requests.record.missing') };
  return (
    <>
      <Form.Item name="type" label={t('requests.type')}>
        <Select options={requestTypes.map((value) => ({ value, label: t(`requests.types.${value}`) }))} />
      </Form.Item>
      {type === 'correction' ? (
        <Correction categories={categories} />
      ) : (
        <Form.Item name="categories" label={t('requests.about')} extra={t('requests.record.aboutHint')}>
          <ManySelect optionFilterProp="label" options={[...categories]} />
        </Form.Item>
      )}
      {type === 'objection' && (
        <Form.Item
          name="purpose"
          label={t('requests.record.purpose')}
          rules={[{ required: true, message: t('requests.record.missing') }]}
        >
          <Select showSearch={{ optionFilterProp: 'label' }} options={[...purposes]} />
        </Form.Item>
      )}
      {type === 'transfer' && (
        <Form.Item name="target" label={t('requests.record.target')} rules={[needed]}>
          <Input maxLength={500} autoComplete="off" />
        </Form.Item>
      )}
      <Form.Item name="text" label={t('requests.record.words')} rules={inWords.includes(type) ? [needed] : []}>
        <Input.TextArea rows={3} maxLength={5000} />
      </Form.Item>
    </>
  );
}

/** One kind of data, and what it is to be. */
function Correction({ categories }: { categories: readonly Option[] }) {
  const { t } = useTranslation();
  const needed = { required: true, message: t('requests.record.missing') };
  return (
    <>
      <Form.Item name={['categories', 0]} label={t('requests.record.correct')} rules={[needed]}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={[...categories]} />
      </Form.Item>
      <Form.Item name="corrected" label={t('requests.record.corrected')} rules={[needed]}>
        <Input maxLength={500} autoComplete="off" />
      </Form.Item>
    </>
  );
}

interface Named {
  readonly code: string;
  readonly name: LocalizedText | null;
}

interface Option {
  readonly value: string;
  readonly label: string;
}

/** The kinds of data held of them and the purposes that these are for, by name. */
function useHeld(subjectId: string): { readonly categories: Option[]; readonly purposes: Option[] } {
  const localized = useLocalized();
  const items = useQuery(heldQuery(subjectId)).data?.items ?? [];
  const named = (entries: readonly Named[]) => {
    const byCode = new Map(entries.flatMap(({ code, name }) => (name ? [[code, localized(name)]] : [])));
    return [...byCode].map(([value, label]) => ({ value, label }));
  };
  return {
    categories: named(items.map(({ category, name }) => ({ code: category, name }))),
    purposes: named(items.flatMap(({ purposes }) => purposes)),
  };
}

/** Of somebody without an account; what was left empty is not said. */
function byAddress({ identifier, name, text, ...wanted }: Values): Omit<RecordedRequest, 'files'> {
  const asker = identifier && { identifier: { ...identifier, value: identifier.value.trim() } };
  return { ...wanted, ...asker, ...(name?.trim() ? { name } : {}), ...(text ? { text } : {}) };
}

/** What was left empty is not said. */
function toRecorded({ corrected, categories = [], text, ...wanted }: Values): Omit<RecordedRequest, 'files'> {
  const [category] = categories;
  return {
    ...wanted,
    ...(text ? { text } : {}),
    ...(wanted.type === 'correction' && category && corrected
      ? { corrections: [{ category, value: corrected }] }
      : { categories }),
  };
}
