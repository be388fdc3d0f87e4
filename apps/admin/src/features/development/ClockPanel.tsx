import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client.js';
import { developmentClockQuery } from '../../ui/development.js';
import { InstantField } from '../../ui/InstantField.js';
import { Panel } from '../../ui/Panel.js';
import { ProblemAlert } from '../../ui/ProblemAlert.js';
import { Time } from '../../ui/Time.js';

const steps = ['PT1H', 'P1D', 'P7D', 'P30D'] as const;

/** Moves the time that every rule of the server uses; jobs that fall due run before it answers. */
export function ClockPanel() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const clock = useQuery(developmentClockQuery);
  const change = useMutation({
    mutationFn: (body: { at?: string; advance?: string; reset?: boolean }) =>
      answerOf(api.POST('/api/v1/dev/clock', { body })),
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' }),
  });
  return (
    <Panel title={t('development.clock')} note={t('development.clockHint')}>
      <p>
        {t('development.now')} <Time at={clock.data?.now} />
      </p>
      <Space wrap>
        {steps.map((advance) => (
          <Button
            key={advance}
            loading={change.isPending && change.variables.advance === advance}
            onClick={() => change.mutate({ advance })}
          >
            {t(`development.steps.${advance}`)}
          </Button>
        ))}
        <Button onClick={() => change.mutate({ reset: true })}>{t('development.reset')}</Button>
      </Space>
      <Form
        layout="inline"
        requiredMark={false}
        onFinish={({ at }: { at: string }) => change.mutate({ at })}
        style={{ rowGap: 8 }}
      >
        <Form.Item
          name="at"
          label={t('development.at')}
          rules={[{ required: true, message: t('development.atMissing') }]}
        >
          <InstantField />
        </Form.Item>
        <Button htmlType="submit">{t('development.set')}</Button>
      </Form>
      <ProblemAlert error={change.error} />
    </Panel>
  );
}
