import { App, Button, Form, Input, Modal, Radio, Select, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { SubjectKey } from '../../api/types.js';
import { useSubjectSearch } from '../../session/subject-search.js';
import { ProblemAlert } from '../../ui/ProblemAlert.js';
import { StateTag } from '../../ui/StateTag.js';
import { Time } from '../../ui/Time.js';
import { useProblem } from '../../ui/use-problem.js';
import { useLinkDeceased, type SubjectRequest } from './requests.queries.js';

interface Wanted {
  readonly subjectId: string;
  readonly reason: string;
}

/** Says whose data a near relative asks about, once the evidence has been seen; says first what follows, and that a second colleague decides. */
export function LinkDeceasedDialog({ request, close }: { request: SubjectRequest; close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [form] = Form.useForm<Wanted>();
  const showProblem = useProblem();
  const search = useSubjectSearch();
  const link = useLinkDeceased(request.id);
  const send = (wanted: Wanted) =>
    link.mutate(wanted, {
      onSuccess: ({ change }) => {
        void message.success(t('requests.relative.proposed'));
        void navigate(`/changes/${change.id}`);
      },
      onError: (error) => showProblem(error, form),
    });
  return (
    <Modal open title={t('requests.relative.link')} footer={null} width={560} onCancel={close}>
      <p>{t('requests.relative.follows')}</p>
      <PersonSearch request={request} search={search} found={() => form.resetFields(['subjectId'])} />
      <Form form={form} layout="vertical" requiredMark={false} onFinish={send}>
        {search.data && <Found people={search.data} />}
        <Form.Item
          name="reason"
          label={t('requests.relative.seen')}
          extra={t('requests.relative.seenHint')}
          rules={[{ required: true, whitespace: true, min: 5, message: t('requests.relative.seenMissing') }]}
        >
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block disabled={!search.data?.length} loading={link.isPending}>
          {t('requests.relative.propose')}
        </Button>
      </Form>
    </Modal>
  );
}

type Search = ReturnType<typeof useSubjectSearch>;

interface Sought {
  readonly by: SubjectKey;
  readonly value: string;
}

const keys = ['phone', 'email', 'idNumber'] as const satisfies readonly SubjectKey[];

/** By something that the evidence names, whole and exact; the look-up is kept with the number of the request. */
function PersonSearch({
  request: { number },
  search,
  found,
}: {
  request: SubjectRequest;
  search: Search;
  found: () => void;
}) {
  const { t } = useTranslation();
  const find = ({ by, value }: Sought) =>
    search.mutate(
      { by, value: value.trim(), reason: t('requests.relative.lookUpReason', { number }) },
      { onSettled: found },
    );
  return (
    <Form<Sought> layout="vertical" requiredMark={false} initialValues={{ by: 'phone' }} onFinish={find}>
      <Space.Compact block>
        <Form.Item name="by" label={t('requests.relative.knownBy')} style={{ width: 140 }}>
          <Select options={keys.map((key) => ({ value: key, label: t(`subjects.keys.${key}`) }))} />
        </Form.Item>
        <Form.Item
          name="value"
          label={t('requests.relative.person')}
          extra={t('requests.relative.personHint')}
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

/** Whom the look-up found, masked; only people are chosen, whose account is not closed. */
function Found({ people }: { people: NonNullable<Search['data']> }) {
  const { t } = useTranslation();
  if (people.length === 0) return <p role="status">{t('subjects.nobody')}</p>;
  return (
    <Form.Item
      name="subjectId"
      label={t('subjects.found', { count: people.length })}
      rules={[{ required: true, message: t('requests.relative.personMissing') }]}
    >
      <Radio.Group
        vertical
        options={people.map(({ id, kind, status, displayName, createdAt }) => ({
          value: id,
          disabled: kind !== 'person' || !['active', 'deceased'].includes(status),
          label: (
            <>
              {displayName || t('requests.relative.unnamed')} · {t(`subjects.kinds.${kind}`)}{' '}
              <StateTag state={status} />{' '}
              <span className="secondary">
                {t('subjects.since')} <Time at={createdAt} />
              </span>
            </>
          ),
        }))}
      />
    </Form.Item>
  );
}
