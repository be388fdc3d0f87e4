import { Button, Form, Input, Upload, type FormInstance } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../api/problem.js';
import { GrowingText } from '../../ui/GrowingText.js';
import { fieldProblemText } from '../../ui/problem-text.js';
import { useProblem } from '../../ui/use-problem.js';

interface Props {
  readonly form: FormInstance;
  readonly isRequired: boolean;
}

/** How a database is reached, and its manifest: pasted, or from a file. */
export function DatabaseFields({ form, isRequired }: Props) {
  const { t } = useTranslation();
  const rules = isRequired ? [{ required: true, whitespace: true, message: t('settings.missing') }] : [];
  const take = async (file: File) => {
    form.setFields([{ name: 'manifest', value: await file.text(), errors: [] }]);
  };
  return (
    <>
      <Form.Item name="url" label={t('holders.database.url')} extra={t('holders.database.urlHint')} rules={rules}>
        <Input.Password maxLength={500} autoComplete="off" />
      </Form.Item>
      <Form.Item name="networks" label={t('holders.networks')} extra={t('holders.database.networksHint')} rules={rules}>
        <GrowingText minRows={1} maxRows={5} />
      </Form.Item>
      <Form.Item
        name="manifest"
        label={t('holders.database.manifest')}
        extra={t('holders.database.manifestHint')}
        rules={rules}
      >
        <GrowingText className="code" spellCheck={false} maxLength={65_536} minRows={6} maxRows={18} />
      </Form.Item>
      <Form.Item>
        <Upload
          accept=".yaml,.yml"
          showUploadList={false}
          beforeUpload={(file) => {
            void take(file);
            return Upload.LIST_IGNORE;
          }}
        >
          <Button size="small">{t('holders.database.upload')}</Button>
        </Upload>
      </Form.Item>
    </>
  );
}

const place = 'manifest.';

/** A refusal at its fields; what is wrong with a manifest by its place in it. */
export function useDatabaseProblem(form: FormInstance): (error: unknown) => void {
  const { t } = useTranslation();
  const showProblem = useProblem();
  return (error) => {
    const errors = error instanceof ProblemError ? error.errors : [];
    const ofManifest = errors.filter(({ pointer }) => pointer.startsWith(place));
    if (ofManifest.length === 0) return showProblem(error, form);
    const words = ofManifest.map((one) => `${one.pointer.slice(place.length)} ${fieldProblemText(one, t)}`.trim());
    form.setFields([{ name: 'manifest', errors: words }]);
  };
}

export function linesOf(text = ''): string[] {
  return text.split(/\s+/).filter(Boolean);
}
