import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Checkbox, Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useLocalized } from '../../../i18n/language.js';
import { Panel } from '../../../ui/Panel.js';
import { findDraft, policiesQuery } from '../policies.queries.js';
import { policyTestsQuery } from '../tests/policy-tests.queries.js';
import { DraftRefusal } from './DraftRefusal.js';
import { gapsQuery, importQuery, saveAsDraft, showImport, type PolicyImport } from './imports.queries.js';
import { IntendedFields } from './IntendedFields.js';
import { intendedOf, type NewPolicy, wantedDraft } from './intended.js';
import { SavedState } from './SavedState.js';
import { stepAddress } from './steps.js';
import type { Decisions } from './use-decisions.js';
import css from './bring-in.module.css';

/** Saves the import as the draft of a new policy, or as the next text of one that there is. */
export function DraftStep({ imported, decisions }: { imported: PolicyImport; decisions: Decisions }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const [form] = Form.useForm<NewPolicy>();
  const [search] = useSearchParams();
  const intended = intendedOf(search);
  const into = Form.useWatch('into', form) ?? 'new';
  const slug = Form.useWatch('existing', form);
  const policies = useQuery(policiesQuery).data?.filter((policy) => policy.kind !== 'guide') ?? [];
  const existing = into === 'existing' ? policies.find((policy) => policy.slug === slug) : undefined;
  const there = useWhatIsThere(existing?.slug);
  const save = useDraft(imported, decisions);
  const needed = { required: true, whitespace: true, message: t('policies.write.missing') };
  const isClosed = there.draft !== null && there.draft?.state !== undefined && there.draft.state !== 'draft';
  const inOther = { language: t(`policies.locales.${imported.language === 'en' ? 'zh-CN' : 'en'}`) };
  const titles = [
    ['titleZh', 'zh-CN'],
    ['titleEn', 'en'],
  ] as const;

  return (
    <>
      {(decisions.waiting > 0 || decisions.error !== null) && <SavedState decisions={decisions} />}
      <StillMissing imported={imported} />
      <Panel title={t('bringIn.draft.title')} note={t('bringIn.draft.note')}>
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          className={css['draft'] ?? ''}
          initialValues={{ into: 'new', withTests: true, ...titleOf(imported) }}
          onFinish={(given) => save.mutate(wantedDraft(given, { intended, existing, there }))}
        >
          <Form.Item name="into" label={t('bringIn.draft.into')}>
            <Radio.Group
              options={[
                { value: 'new', label: t('bringIn.draft.new') },
                { value: 'existing', label: t('bringIn.draft.existing'), disabled: policies.length === 0 },
              ]}
            />
          </Form.Item>
          {into === 'existing' ? (
            <Form.Item name="existing" label={t('policies.policy')} rules={[needed]}>
              <Select options={policies.map((policy) => ({ value: policy.slug, label: localized(policy.title) }))} />
            </Form.Item>
          ) : (
            <>
              <div className={css['bar']}>
                <IntendedFields />
              </div>
              <Form.Item
                name="slug"
                label={t('policies.slug')}
                extra={t('policies.write.slugHint')}
                rules={[needed, { pattern: /^[a-z0-9]+(?:-[a-z0-9]+)*$/, message: t('policies.write.slugShape') }]}
              >
                <Input className="code" maxLength={60} autoComplete="off" />
              </Form.Item>
            </>
          )}
          {(into === 'new' || existing) &&
            titles.map(([name, locale]) => (
              <Form.Item
                key={`${name} ${existing?.slug ?? ''}`}
                name={name}
                label={t('policies.write.titleIn', { language: t(`policies.locales.${locale}`) })}
                {...(existing ? { initialValue: existing.title[locale] } : {})}
                rules={[needed]}
              >
                <Input maxLength={200} lang={locale} />
              </Form.Item>
            ))}
          {(['contactZh', 'contactEn'] as const).map((name) => (
            <Form.Item
              key={name}
              name={name}
              label={t('bringIn.draft.contactIn', {
                language: t(`policies.locales.${name === 'contactZh' ? 'zh-CN' : 'en'}`),
              })}
              extra={name === 'contactEn' ? t('bringIn.draft.contactHint') : undefined}
            >
              <Input maxLength={300} />
            </Form.Item>
          ))}
          <Form.Item name="withTests" valuePropName="checked" extra={t('bringIn.draft.testsHint')}>
            <Checkbox>{t(there.tests ? 'bringIn.draft.testsOver' : 'bringIn.draft.tests')}</Checkbox>
          </Form.Item>
          {there.draft && !isClosed && (
            <Alert type="warning" showIcon title={t('bringIn.draft.replaces', { number: there.draft.number })} />
          )}
          {isClosed && there.draft && (
            <Alert type="warning" showIcon title={t('policies.import.inReview', { number: there.draft.number })} />
          )}
          <DraftRefusal error={save.error} />
          <UntranslatedNote imported={imported} inOther={inOther} />
          <div className={css['acts']}>
            <Button type="primary" htmlType="submit" loading={save.isPending} disabled={isClosed || there.isPending}>
              {t('bringIn.draft.act')}
            </Button>
          </div>
        </Form>
      </Panel>
    </>
  );
}

/** The draft and the tests that a policy has already. */
function useWhatIsThere(slug: string | undefined) {
  const draft = useQuery({
    queryKey: ['policies', slug, 'draft'],
    queryFn: () => findDraft(slug ?? ''),
    enabled: slug !== undefined,
  });
  const tests = useQuery({ ...policyTestsQuery(slug ?? ''), enabled: slug !== undefined });
  return {
    draft: draft.data ?? null,
    tests: tests.data ?? null,
    isPending: slug !== undefined && (draft.isPending || tests.isPending),
  };
}

function useDraft(imported: PolicyImport, decisions: Decisions) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (wanted: ReturnType<typeof wantedDraft>) => {
      await decisions.save();
      return saveAsDraft(client.getQueryData(importQuery(imported.id).queryKey) ?? imported, wanted);
    },
    onSuccess: (answer) => {
      void client.invalidateQueries({ queryKey: ['policies'] });
      void message.success(t('bringIn.draft.saved'));
      void navigate(`/revisions/${answer.draftedRevisionId ?? ''}`);
      showImport(client, answer);
    },
  });
}

function StillMissing({ imported }: { imported: PolicyImport }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const gaps = useQuery(gapsQuery(imported, intendedOf(search))).data ?? [];
  const errors = gaps.filter(({ severity }) => severity === 'error').length;
  const { length } = gaps;
  if (length === 0) return null;
  return (
    <Alert
      type={errors > 0 ? 'warning' : 'info'}
      showIcon
      title={errors > 0 ? t('bringIn.draft.errors', { count: errors }) : t('bringIn.draft.warnings', { count: length })}
      action={<Link to={stepAddress(search, 'missing')}>{t('bringIn.draft.look')}</Link>}
    />
  );
}

function UntranslatedNote({ imported, inOther }: { imported: PolicyImport; inOther: { language: string } }) {
  const { t } = useTranslation();
  const count = imported.clauses.filter(({ translation }) => !translation).length;
  if (count === 0) return null;
  return <p className={css['missing']}>{t('bringIn.draft.untranslated', { count, ...inOther })}</p>;
}

/** The file's name stands in for a title until somebody writes one, where it is in the language of the clauses. */
function titleOf({ fileName, language }: PolicyImport): Partial<NewPolicy> {
  const title = fileName.replace(/\.[A-Za-z]{2,8}$/, '');
  const isChinese = /\p{Script=Han}/u.test(title);
  if (language === 'en') return isChinese ? {} : { titleEn: title };
  return isChinese ? { titleZh: title } : {};
}
