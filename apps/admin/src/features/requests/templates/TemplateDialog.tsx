import { App, Button, Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useProblem } from '../../../ui/use-problem.js';
import { requestTypes } from '../requests.queries.js';
import { saveTemplate, useTemplateAct, type AnswerTemplate, type TemplateWords } from './templates.queries.js';

interface Props {
  /** Null: a new one. */
  readonly template: AnswerTemplate | null;
  readonly close: () => void;
}

const languages = [
  ['zh-CN', 'inChinese'],
  ['en', 'inEnglish'],
] as const;

/** Writes a template in both languages. */
export function TemplateDialog({ template, close }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const showProblem = useProblem();
  const [form] = Form.useForm<TemplateWords>();
  const act = useTemplateAct();
  const save = (words: TemplateWords) =>
    act.mutate(() => saveTemplate(template?.id ?? null, words), {
      onSuccess: () => {
        void message.success(t('requests.templates.saved'));
        close();
      },
      onError: (error) => showProblem(error, form),
    });
  const rules = [{ required: true, whitespace: true, message: t('requests.templates.missing') }];
  return (
    <Modal open title={t(`requests.templates.${template ? 'edit' : 'add'}`)} footer={null} onCancel={close}>
      <p>{t('requests.templates.aboutNobody')}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={template ?? { types: [] }}
        onFinish={save}
      >
        {languages.map(([locale, words]) => (
          <Form.Item
            key={locale}
            name={['title', locale]}
            label={t(`requests.templates.${words}`, { what: t('requests.templates.title') })}
            rules={rules}
          >
            <Input maxLength={80} />
          </Form.Item>
        ))}
        <Form.Item name="types" label={t('requests.templates.types')}>
          <Select
            mode="multiple"
            placeholder={t('requests.templates.everyType')}
            options={requestTypes.map((value) => ({ value, label: t(`requests.types.${value}`) }))}
          />
        </Form.Item>
        {languages.map(([locale, words]) => (
          <Form.Item
            key={locale}
            name={['text', locale]}
            label={t(`requests.templates.${words}`, { what: t('requests.templates.text') })}
            rules={rules}
          >
            <Input.TextArea rows={4} maxLength={5000} />
          </Form.Item>
        ))}
        <Button type="primary" htmlType="submit" block loading={act.isPending}>
          {t('requests.templates.save')}
        </Button>
      </Form>
    </Modal>
  );
}
