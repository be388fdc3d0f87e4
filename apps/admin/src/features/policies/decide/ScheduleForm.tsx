import { App, Button, Checkbox, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ProblemError } from '../../../api/problem.js';
import type { Materiality } from '../policies.types.js';
import type { Revision } from '../../../api/types.js';
import { useDevelopment } from '../../../ui/development.js';
import { InstantField } from '../../../ui/InstantField.js';
import { Panel, TwoColumns } from '../../../ui/Panel.js';
import { StateTag } from '../../../ui/StateTag.js';
import { shortInstant, zoneOf } from '../../../ui/time-text.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { mustBeTrue } from '../../../ui/rules.js';
import { useProblem } from '../../../ui/use-problem.js';
import { useRevisionAct } from '../policies.queries.js';
import { earliestEffect, heavierThan, leadDaysFor } from './effect.rules.js';
import css from './decide.module.css';

interface Props {
  readonly revision: Revision;
  readonly computed: Materiality;
  readonly promisedDays: number;
}

interface Plan {
  readonly effectiveAt: string;
  readonly raiseTo?: Materiality;
  readonly reason?: string;
  readonly confirmsNoRightChanged?: boolean;
}

export function ScheduleForm({ revision, computed, promisedDays }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const showProblem = useProblem();
  const textOf = useProblemText();
  const { now } = useDevelopment();
  const schedule = useRevisionAct(revision);
  const [form] = Form.useForm<Plan>();
  const raiseTo = Form.useWatch('raiseTo', form);
  const weight = raiseTo ?? computed;
  const earliest = earliestFrom(schedule.error) ?? earliestEffect(weight, promisedDays, now());
  const heavier = heavierThan(computed);

  const send = ({ effectiveAt, raiseTo: raised, reason }: Plan) => {
    const raise = raised ? { raiseTo: raised, reason: reason ?? '' } : {};
    const confirmation = weight === 'editorial' ? { confirmsNoRightChanged: true as const } : {};
    schedule.mutate(
      { act: 'schedule', effectiveAt, ...raise, ...confirmation },
      {
        onSuccess: () => {
          void message.success(t('policies.decide.schedule.done'));
          void navigate(`/revisions/${revision.id}/facts`);
        },
        onError: (error) => {
          if (!earliestFrom(error)) return showProblem(error, form);
          form.setFields([{ name: 'effectiveAt', errors: [textOf(error).title] }]);
        },
      },
    );
  };

  return (
    <TwoColumns
      left={
        <Panel>
          <Form form={form} layout="vertical" requiredMark={false} noValidate onFinish={send}>
            <Form.Item
              name="effectiveAt"
              label={t('policies.effectiveAt')}
              extra={t('policies.decide.schedule.earliest', { at: `${shortInstant(earliest)} ${zoneOf(earliest)}` })}
              rules={[{ required: true, message: t('policies.decide.schedule.atMissing') }]}
            >
              <InstantField earliest={earliest} width="100%" />
            </Form.Item>
            {heavier.length > 0 && (
              <Form.Item
                name="raiseTo"
                label={t('policies.decide.schedule.raiseTo')}
                extra={t('policies.decide.schedule.raiseHint')}
              >
                <Select
                  allowClear
                  placeholder={t(`states.${computed}`)}
                  options={heavier.map((value) => ({ value, label: t(`states.${value}`) }))}
                />
              </Form.Item>
            )}
            {raiseTo && (
              <Form.Item
                name="reason"
                label={t('policies.decide.reason')}
                rules={[{ required: true, whitespace: true, message: t('policies.decide.reasonMissing') }]}
              >
                <Input.TextArea rows={2} maxLength={2000} />
              </Form.Item>
            )}
            {weight === 'editorial' && (
              <Form.Item
                name="confirmsNoRightChanged"
                valuePropName="checked"
                rules={[mustBeTrue(t('problems.policy.confirmation_missing'))]}
              >
                <Checkbox>{t('policies.decide.schedule.noRightChanged')}</Checkbox>
              </Form.Item>
            )}
            <div className={css['acts']}>
              <Button type="primary" htmlType="submit" loading={schedule.isPending}>
                {t('policies.decide.schedule.act')}
              </Button>
            </div>
          </Form>
        </Panel>
      }
      right={
        <Panel title={t('policies.decide.follows')} extra={<StateTag state={weight} />}>
          <ul className={css['follows']}>
            <li>{t(`policies.follows.${weight}`)}</li>
            {leadDaysFor(weight, promisedDays) > 0 && (
              <li>{t('policies.decide.schedule.leadDays', { count: leadDaysFor(weight, promisedDays) })}</li>
            )}
            <li>{t('policies.decide.schedule.stays')}</li>
            <li>{t('policies.decide.schedule.public')}</li>
          </ul>
        </Panel>
      }
    />
  );
}

/** The server knows best when the lead time can have passed; its answer replaces our estimate. */
function earliestFrom(error: Error | null): Date | null {
  const at = error instanceof ProblemError ? error.extra['earliestEffectiveAt'] : null;
  return typeof at === 'string' ? new Date(at) : null;
}
