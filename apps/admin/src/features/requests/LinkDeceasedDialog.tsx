import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, Modal, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useOperator } from '../../session/session.queries.js';
import { useSubjectSearch } from '../../session/subject-search.js';
import { StateTag } from '../../ui/StateTag.js';
import { Time } from '../../ui/Time.js';
import { useProblem } from '../../ui/use-problem.js';
import css from './requests.module.css';
import { PersonSearch, type SubjectSearch } from './PersonSearch.js';
import { colleaguesQuery, useLinkDeceased, type SubjectRequest } from './requests.queries.js';

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
  const confirming = useConfirming(request.id);
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
      {confirming && (
        <Alert
          className={css['before']}
          type={confirming.length > 0 ? 'info' : 'warning'}
          showIcon
          title={
            confirming.length > 0
              ? t('requests.relative.confirming', { names: confirming.join(t('ui.listSeparator')) })
              : t('requests.relative.nobodyConfirms')
          }
        />
      )}
      <PersonSearch
        reason={t('requests.relative.lookUpReason', { number: request.number })}
        label={t('requests.relative.person')}
        hint={t('requests.relative.personHint')}
        search={search}
        found={() => form.resetFields(['subjectId'])}
      />
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
        <Button
          type="primary"
          htmlType="submit"
          block
          disabled={!search.data?.length || confirming?.length === 0}
          loading={link.isPending}
        >
          {t('requests.relative.propose')}
        </Button>
      </Form>
    </Modal>
  );
}

/** The other privacy officers, by name: one of them confirms it. Undefined until it is known. */
function useConfirming(id: string): readonly string[] | undefined {
  const { id: own } = useOperator();
  const colleagues = useQuery(colleaguesQuery(id)).data?.items;
  return colleagues?.filter((one) => one.isOfficer && one.id !== own).map(({ name }) => name);
}

/** Whom the look-up found, masked; only people are chosen, whose account is not closed. */
function Found({ people }: { people: NonNullable<SubjectSearch['data']> }) {
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
