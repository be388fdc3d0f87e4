import { Button, Form, Input, Select, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SubjectKey } from '../../api/types.js';
import type { useSubjectSearch } from '../../session/subject-search.js';
import { ProblemAlert } from '../../ui/ProblemAlert.js';

export type SubjectSearch = ReturnType<typeof useSubjectSearch>;

interface Sought {
  readonly by: SubjectKey;
  readonly value: string;
}

const keys = ['phone', 'email', 'idNumber'] as const satisfies readonly SubjectKey[];

interface Props {
  /** Why somebody is looked for: kept with the look-up. */
  readonly reason: string;
  readonly label: string;
  readonly hint: string;
  readonly search: SubjectSearch;
  readonly found?: () => void;
}

/** Looks somebody up by what they are known by, whole and exact. */
export function PersonSearch({ reason, label, hint, search, found }: Props) {
  const { t } = useTranslation();
  const find = ({ by, value }: Sought) =>
    search.mutate({ by, value: value.trim(), reason }, { onSettled: () => found?.() });
  return (
    <Form<Sought> layout="vertical" requiredMark={false} initialValues={{ by: 'phone' }} onFinish={find}>
      <Space.Compact block>
        <Form.Item name="by" label={t('requests.relative.knownBy')} style={{ width: 140 }}>
          <Select options={keys.map((key) => ({ value: key, label: t(`subjects.keys.${key}`) }))} />
        </Form.Item>
        <Form.Item
          name="value"
          label={label}
          extra={hint}
          rules={[{ required: true, whitespace: true, message: t('subjects.valueMissing') }]}
          style={{ flex: 1 }}
        >
          <Input maxLength={254} autoComplete="off" autoFocus />
        </Form.Item>
        <Form.Item label=" " colon={false}>
          <Button htmlType="submit" loading={search.isPending}>
            {t('subjects.find')}
          </Button>
        </Form.Item>
      </Space.Compact>
      <ProblemAlert error={search.error} />
    </Form>
  );
}
