import { Alert, Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../api/problem.js';
import { Num } from '../../ui/Num.js';
import { Panel } from '../../ui/Panel.js';
import { useRegistryNames } from '../../ui/registry-names.js';
import { useProblem } from '../../ui/use-problem.js';
import css from './holders.module.css';
import { useShadowRun, type Shadow } from './holders.queries.js';

const types = ['email', 'phone', 'externalId', 'idNumber'] as const;

interface Given {
  readonly type: (typeof types)[number];
  readonly value: string;
}

/** Erases somebody in a database, counts, and takes it back. */
export function ShadowPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  const showProblem = useProblem();
  const run = useShadowRun(id);
  const failure = run.error instanceof ProblemError ? run.error.extra['failure'] : undefined;
  const onError = (error: Error) => showProblem(error);
  return (
    <Panel title={t('holders.database.shadow')}>
      <p className="secondary">{t('holders.database.shadowHint')}</p>
      <Form<Given>
        layout="vertical"
        requiredMark={false}
        initialValues={{ type: 'email' }}
        onFinish={(given) => run.mutate({ identifiers: [given] }, { onError })}
      >
        <Form.Item name="type" label={t('holders.database.knownBy')}>
          <Select options={types.map((type) => ({ value: type, label: t(`holders.database.identifiers.${type}`) }))} />
        </Form.Item>
        <Form.Item
          name="value"
          label={t('holders.database.identifier')}
          rules={[{ required: true, whitespace: true, message: t('settings.missing') }]}
        >
          <Input maxLength={320} autoComplete="off" />
        </Form.Item>
        <Button htmlType="submit" loading={run.isPending}>
          {t('holders.database.run')}
        </Button>
      </Form>
      {typeof failure === 'string' && (
        <Alert type="error" showIcon title={t(`holders.failures.${failure as 'unfit'}`)} />
      )}
      {run.data && <ShadowCounts shadow={run.data} />}
    </Panel>
  );
}

function ShadowCounts({ shadow: { outcome, counts, retained } }: { shadow: Shadow }) {
  const { t } = useTranslation();
  const { nameOf } = useRegistryNames();
  const rows = [
    ...counts.map((one) => ({ ...one, becomes: t('holders.database.goes') })),
    ...retained.map((one) => ({ ...one, table: null, becomes: t('holders.database.stays', { article: one.article }) })),
  ];
  return (
    <>
      <p>{t(`holders.database.outcomes.${outcome as 'done'}`)}</p>
      {rows.length > 0 && (
        <table className={css['table']}>
          <thead>
            <tr>
              <th scope="col">{t('holders.database.category')}</th>
              <th scope="col">{t('holders.database.table')}</th>
              <th scope="col">{t('holders.database.count')}</th>
              <th scope="col">{t('holders.database.becomes')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ category, table, count, becomes }, index) => (
              <tr key={index}>
                <th scope="row">{nameOf('categories', category)}</th>
                <td className="code">{table ?? '–'}</td>
                <td>
                  <Num value={count} />
                </td>
                <td>{becomes}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
