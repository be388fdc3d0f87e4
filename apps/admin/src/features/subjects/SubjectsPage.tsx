import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { SubjectKey } from '../../api/types.js';
import type { FoundSubject } from './subjects.types.js';
import { handedOver, lastReason, rememberReason, takeOver, type LookUp } from '../../session/look-up.js';
import { useSubjectSearch } from '../../session/subject-search.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { LinkButton } from '../../ui/LinkButton.js';
import { Page } from '../../ui/Page.js';
import { Panel } from '../../ui/Panel.js';
import { ProblemAlert } from '../../ui/ProblemAlert.js';
import { StateTag } from '../../ui/StateTag.js';
import { Time } from '../../ui/Time.js';
import { sharedIdentifiersQuery } from './subjects.queries.js';
import css from './subjects.module.css';

const keys: readonly SubjectKey[] = ['phone', 'email', 'idNumber', 'id'];

/** Finds a subject by something they are known by, whole and exact, for a reason; each look-up is on the audit trail. */
export function SubjectsPage() {
  const { t } = useTranslation();
  return (
    <Page
      title={t('frame.entries.subjects')}
      purpose={t('subjects.purpose')}
      actions={<LinkButton to="/subjects/guardians">{t('guardians.openCases')}</LinkButton>}
    >
      <SharedNote />
      <SubjectSearch key={useLocation().key} />
    </Page>
  );
}

/** Says that accounts turned out to have one number between them; nothing while none do. */
function SharedNote() {
  const { t } = useTranslation();
  const { data: count = 0 } = useQuery(sharedIdentifiersQuery);
  if (count === 0) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={t('sharedIdentifiers.note', { count })}
      action={<LinkButton to="/subjects/shared-identifiers">{t('sharedIdentifiers.look')}</LinkButton>}
    />
  );
}

/** Begins with what the search box has handed over, and with the reason given last. */
function SubjectSearch() {
  const { t } = useTranslation();
  const search = useSubjectSearch();
  const [handed] = useState(handedOver);
  useEffect(takeOver, []);
  const find = ({ by, value, reason }: LookUp & { reason: string }) => {
    rememberReason(reason);
    search.mutate({ by, value: value.trim(), reason });
  };
  return (
    <>
      <Panel>
        <Form
          layout="inline"
          requiredMark={false}
          initialValues={{ by: 'phone', ...handed, reason: lastReason() }}
          onFinish={find}
          className={css['search'] ?? ''}
        >
          <Form.Item name="by" label={t('subjects.by')}>
            <Select
              style={{ width: 130 }}
              options={keys.map((key) => ({ value: key, label: t(`subjects.keys.${key}`) }))}
            />
          </Form.Item>
          <Form.Item
            name="value"
            label={t('subjects.value')}
            rules={[{ required: true, whitespace: true, message: t('subjects.valueMissing') }]}
          >
            <Input autoComplete="off" style={{ width: 280 }} />
          </Form.Item>
          <Form.Item
            name="reason"
            label={t('subjects.reason')}
            rules={[{ required: true, whitespace: true, min: 5, message: t('subjects.reasonMissing') }]}
          >
            <Input
              autoComplete="off"
              autoFocus={handed !== null}
              maxLength={500}
              placeholder={t('subjects.reasonHint')}
              style={{ width: 400 }}
            />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={search.isPending}>
            {t('subjects.find')}
          </Button>
        </Form>
        <ProblemAlert error={search.error} />
      </Panel>
      {search.data && (
        <Panel title={t('subjects.found', { count: search.data.length })}>
          {search.data.length === 0 ? <EmptyState text={t('subjects.nobody')} /> : <FoundSubjects rows={search.data} />}
        </Panel>
      )}
    </>
  );
}

function FoundSubjects({ rows }: { rows: readonly FoundSubject[] }) {
  const { t } = useTranslation();
  return (
    <ul className={css['rows']}>
      {rows.map((row) => (
        <li key={row.id}>
          <Link to={`/subjects/${row.id}`}>{row.displayName || row.id}</Link>
          <span>{t(`subjects.kinds.${row.kind}`)}</span>
          <StateTag state={row.status} />
          <span className="secondary">
            {t('subjects.since')} <Time at={row.createdAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
