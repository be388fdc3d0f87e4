import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useLocalized } from '../../../i18n/language.js';
import { Panel } from '../../../ui/Panel.js';
import { policiesQuery } from '../policies.queries.js';
import type { PolicySummary } from '../policies.types.js';
import { DraftRefusal } from './DraftRefusal.js';
import { gapsQuery, type PolicyImport } from './imports.queries.js';
import { IntendedFields } from './IntendedFields.js';
import { intendedOf, type NewPolicy, wantedDraft } from './intended.js';
import { SavedState } from './SavedState.js';
import { stepAddress } from './steps.js';
import { suggestedTests, testKey } from './suggested-tests.js';
import { SuggestedTests } from './SuggestedTests.js';
import type { Decisions } from './use-decisions.js';
import { useDraft, useWhatIsThere } from './use-draft.js';
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
  const policies = useQuery(policiesQuery).data ?? [];
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
          initialValues={{ into: 'new', tests: suggestedTests(imported).map(testKey), ...titleOf(imported) }}
          onFinish={(given) =>
            save.mutate(wantedDraft(given, { intended, existing, there, suggested: suggestedTests(imported) }))
          }
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
              <Select
                options={policies.map((policy) => ({ value: policy.slug, label: localized(policy.title) }))}
                onChange={(chosen: string) => form.setFieldsValue(titlesOf(policies, chosen))}
              />
            </Form.Item>
          ) : (
            <>
              <div className={css['intended']}>
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
                key={name}
                name={name}
                label={t('policies.write.titleIn', { language: t(`policies.locales.${locale}`) })}
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
          <Form.Item name="tests">
            <SuggestedTests imported={imported} replaces={there.tests !== null} />
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

/** A policy that there is keeps its title until somebody writes another one. */
function titlesOf(policies: readonly PolicySummary[], slug: string): Partial<NewPolicy> {
  const title = policies.find((policy) => policy.slug === slug)?.title;
  return { titleZh: title?.['zh-CN'] ?? '', titleEn: title?.en ?? '' };
}

/** The file's name stands in for a title until somebody writes one, where it is in the language of the clauses. */
function titleOf({ fileName, language }: PolicyImport): Partial<NewPolicy> {
  const title = fileName.replace(/\.[A-Za-z]{2,8}$/, '');
  const isChinese = /\p{Script=Han}/u.test(title);
  if (language === 'en') return isChinese ? {} : { titleEn: title };
  return isChinese ? { titleZh: title } : {};
}
