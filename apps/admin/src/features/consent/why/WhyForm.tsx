import { Button, Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { InstantField } from '../../../ui/InstantField.js';
import { useRegistryNames, type NamedRegistry } from '../../../ui/registry-names.js';
import { actions, type WhyQuestion } from './why-question.js';
import css from './why.module.css';

const subjectIdShape = /^\s*[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\s*$/i;

/** The question, with pickers from the registries; Enter asks it. */
export function WhyForm({ question, ask }: { question: WhyQuestion; ask: (question: WhyQuestion) => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<WhyQuestion>();
  const isSharing = Form.useWatch('action', form) === 'share';
  const needed = [{ required: true, message: t('decisions.why.needed') }];
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={question}
      onFinish={(asked) => ask({ ...question, ...asked })}
      className={css['form'] ?? ''}
    >
      <Form.Item
        name="subjectId"
        label={t('decisions.why.subjectId')}
        rules={[{ required: true, pattern: subjectIdShape, message: t('decisions.why.subjectIdMissing') }]}
        className={css['wide'] ?? ''}
      >
        <Input autoComplete="off" spellCheck={false} />
      </Form.Item>
      <Form.Item name="action" label={t('decisions.why.action')}>
        <Select options={actions.map((action) => ({ value: action, label: t(`decisions.actions.${action}`) }))} />
      </Form.Item>
      <Code name="purpose" registry="purposes" label={t('decisions.figures.purposeFilter')} rules={needed} />
      <Code name="category" registry="categories" label={t('decisions.figures.category')} rules={needed} />
      <Code name="service" registry="services" label={t('decisions.why.service')} />
      {isSharing && <Code name="recipient" registry="recipients" label={t('decisions.why.recipient')} rules={needed} />}
      {isSharing && (
        <Form.Item name="region" label={t('decisions.why.region')} extra={t('decisions.why.regionHint')}>
          <Input maxLength={10} />
        </Form.Item>
      )}
      {!isSharing && (
        <Form.Item name="storage" label={t('decisions.why.storage')}>
          <Select
            allowClear
            placeholder={t('decisions.why.stored')}
            options={[{ value: 'onDevice', label: t('decisions.why.onDevice') }]}
          />
        </Form.Item>
      )}
      <Form.Item name="at" label={t('decisions.why.at')} extra={t('decisions.why.atHint')}>
        <InstantField width="100%" />
      </Form.Item>
      <Form.Item label={<span aria-hidden>&nbsp;</span>} colon={false}>
        <Button type="primary" htmlType="submit">
          {t('decisions.why.ask')}
        </Button>
      </Form.Item>
    </Form>
  );
}

interface CodeProps {
  readonly name: keyof WhyQuestion;
  readonly registry: NamedRegistry;
  readonly label: ReactNode;
  readonly rules?: { readonly required: boolean; readonly message: string }[];
}

/** A registered code: chosen by name, or typed by whoever may not read registries. */
function Code({ name, registry, label, rules = [] }: CodeProps) {
  const options = useRegistryNames().optionsOf(registry);
  return (
    <Form.Item name={name} label={label} rules={rules}>
      {options ? (
        <Select
          allowClear={rules.length === 0}
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          options={[...options]}
        />
      ) : (
        <Input maxLength={100} />
      )}
    </Form.Item>
  );
}
