import { Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { typesByAddress } from './requests.queries.js';

const identifierTypes = ['phone', 'email'] as const;

/** Who asks without an account: where the code goes, what they call themselves, and in which language they are written to. */
export function AskerByAddress() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name={['identifier', 'type']} label={t('requests.record.codeBy')}>
        <Radio.Group options={identifierTypes.map((value) => ({ value, label: t(`subjects.keys.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name={['identifier', 'value']}
        label={t('requests.record.address')}
        extra={t('requests.record.addressHint')}
        rules={[{ required: true, whitespace: true, message: t('requests.record.missing') }]}
      >
        <Input maxLength={254} autoComplete="off" />
      </Form.Item>
      <Form.Item name="name" label={t('requests.record.name')}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="locale" label={t('requests.record.language')}>
        <Radio.Group
          options={[
            { value: 'zh-CN', label: <span lang="zh-CN">中文</span> },
            { value: 'en', label: <span lang="en">English</span> },
          ]}
        />
      </Form.Item>
    </>
  );
}

/** What is asked, of what an address can say. */
export function WhatByAddress({ inWords }: { inWords: readonly string[] }) {
  const { t } = useTranslation();
  const type = Form.useWatch<string | undefined>('type') ?? '';
  const needed = { required: true, whitespace: true, message: t('requests.record.missing') };
  return (
    <>
      <Form.Item name="type" label={t('requests.type')} extra={t('requests.record.typesByAddress')}>
        <Select options={typesByAddress.map((value) => ({ value, label: t(`requests.types.${value}`) }))} />
      </Form.Item>
      <Form.Item name="text" label={t('requests.record.words')} rules={inWords.includes(type) ? [needed] : []}>
        <Input.TextArea rows={3} maxLength={5000} />
      </Form.Item>
    </>
  );
}
