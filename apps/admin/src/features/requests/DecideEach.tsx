import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { InstantField } from '../../ui/InstantField.js';
import { forbidsDeletion, partKey, suggested, type DecisionOutcome, type Ground } from './decision-values.js';
import type { Finding, SubjectRequest } from './requests.queries.js';

const grounds: readonly Ground[] = ['legalMinimum', 'evidence', 'othersData', 'runningContract'];

interface Props {
  readonly request: SubjectRequest;
  readonly finding: Finding;
  /** What the row is about, for whoever hears it read. */
  readonly label: string;
}

/** What is decided about one kind of data at one holder; it begins with what the ground found asks for. */
export function DecideEach({ request, finding, label }: Props) {
  const { t } = useTranslation();
  const at = ['parts', partKey(finding)];
  const start = suggested(finding);
  const outcome = Form.useWatch<DecisionOutcome | undefined>([...at, 'outcome']) ?? start.outcome;
  const isForbidden = finding.exemptions.some(forbidsDeletion);
  const forbidden = (value: DecisionOutcome) => value === 'grant' && isForbidden;
  return (
    <>
      <Form.Item
        name={[...at, 'outcome']}
        initialValue={start.outcome}
        style={{ margin: 0 }}
        rules={[
          {
            validator: (_rule, value: DecisionOutcome) =>
              forbidden(value) ? Promise.reject(new Error(t('requests.mayNotGrant'))) : Promise.resolve(),
          },
        ]}
      >
        <Select
          size="small"
          aria-label={label}
          style={{ width: '100%' }}
          options={request.deciding.outcomes.map((value) => ({
            value,
            label: t(`requests.decisions.${value}`),
            disabled: forbidden(value),
          }))}
        />
      </Form.Item>
      {outcome === 'refuse' && (
        <Form.Item
          name={[...at, 'reason']}
          style={{ margin: '4px 0 0' }}
          rules={[{ required: true, whitespace: true, message: t('requests.writeSomething') }]}
        >
          <Input
            size="small"
            maxLength={2000}
            placeholder={t('requests.refusalReason')}
            aria-label={`${label}: ${t('requests.refusalReason')}`}
          />
        </Form.Item>
      )}
      {outcome === 'keep' && <Keeping finding={finding} at={at} label={label} />}
    </>
  );
}

/** By which ground it stays, and until when; what a hold keeps is kept by what that one says. */
function Keeping({ finding, at, label }: { finding: Finding; at: readonly string[]; label: string }) {
  const { t } = useTranslation();
  const start = suggested(finding);
  const isHeld = start.ground === 'hold';
  const needed = [{ required: true, whitespace: true, message: t('requests.writeSomething') }];
  return (
    <>
      <Form.Item name={[...at, 'ground']} initialValue={start.ground} style={{ margin: '4px 0 0' }} rules={needed}>
        <Select
          size="small"
          disabled={isHeld}
          placeholder={t('requests.ground')}
          aria-label={`${label}: ${t('requests.ground')}`}
          options={(isHeld ? (['hold'] as const) : grounds).map((value) => ({
            value,
            label: t(`requests.grounds.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name={[...at, 'article']} initialValue={start.article} style={{ margin: '4px 0 0' }} rules={needed}>
        <Input
          size="small"
          disabled={isHeld}
          maxLength={200}
          placeholder={t('requests.groundArticle')}
          aria-label={`${label}: ${t('requests.groundArticle')}`}
        />
      </Form.Item>
      {isHeld ? (
        <Form.Item name={[...at, 'until']} initialValue={start.until} hidden>
          <Input />
        </Form.Item>
      ) : (
        <Form.Item
          name={[...at, 'until']}
          initialValue={start.until ?? null}
          label={t('requests.groundUntil')}
          style={{ margin: '4px 0 0' }}
        >
          <InstantField width="100%" />
        </Form.Item>
      )}
    </>
  );
}
