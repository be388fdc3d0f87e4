import type { PolicyDocument } from '@abide/rulebook';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { PolicyKind } from './policies.types.js';
import { useLocalized } from '../../i18n/language.js';
import { Page } from '../../ui/Page.js';
import { Panel } from '../../ui/Panel.js';
import { useProblem } from '../../ui/use-problem.js';
import { registriesQuery } from './registry.queries.js';
import { useSaveDraft } from './policies.queries.js';

interface NewPolicy {
  readonly policy: string;
  readonly kind: PolicyKind;
  readonly service?: string;
  readonly titleZh: string;
  readonly titleEn: string;
}

const kinds: readonly PolicyKind[] = ['general', 'service', 'agreement', 'guide'];

/** Begins a policy with one clause that says what it covers; everything else is written on the revision page. */
export function NewPolicyPage() {
  const { t } = useTranslation();
  const localized = useLocalized();
  const navigate = useNavigate();
  const showProblem = useProblem();
  const [form] = Form.useForm<NewPolicy>();
  const kind = Form.useWatch('kind', form);
  const services = useQuery(registriesQuery).data?.named.services ?? [];
  const save = useSaveDraft();
  const required = { required: true, whitespace: true, message: t('policies.write.missing') };

  const begin = (given: NewPolicy) =>
    save.mutate(
      { slug: given.policy, document: firstDocument(given), basedOn: null },
      {
        onSuccess: ({ revisionId }) => void navigate(`/revisions/${revisionId}`),
        onError: (error) => showProblem(error, form),
      },
    );

  return (
    <Page
      title={t('policies.write.title')}
      purpose={t('policies.write.purpose')}
      trail={<Link to="/policies">{t('frame.entries.policies')}</Link>}
    >
      <Panel>
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ kind: 'general' }}
          onFinish={begin}
          style={{ maxWidth: 560 }}
        >
          <Form.Item name="kind" label={t('policies.kind')}>
            <Radio.Group options={kinds.map((value) => ({ value, label: t(`policies.kinds.${value}`) }))} />
          </Form.Item>
          {kind === 'service' && (
            <Form.Item name="service" label={t('policies.service')} rules={[required]}>
              <Select
                options={services.map(({ code = '', name }) => ({
                  value: code,
                  label: `${localized(name)} · ${code}`,
                }))}
              />
            </Form.Item>
          )}
          <Form.Item
            name="policy"
            label={t('policies.slug')}
            extra={t('policies.write.slugHint')}
            rules={[required, { pattern: /^[a-z0-9]+(?:-[a-z0-9]+)*$/, message: t('policies.write.slugShape') }]}
          >
            <Input className="code" maxLength={60} autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="titleZh"
            label={t('policies.write.titleIn', { language: t('policies.locales.zh-CN') })}
            rules={[required]}
          >
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item
            name="titleEn"
            label={t('policies.write.titleIn', { language: t('policies.locales.en') })}
            rules={[required]}
          >
            <Input maxLength={200} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('policies.write.act')}
          </Button>
        </Form>
      </Panel>
    </Page>
  );
}

function firstDocument({ policy, kind, service, titleZh, titleEn }: NewPolicy): PolicyDocument {
  return {
    policy,
    kind,
    ...(kind === 'service' && service ? { service } : {}),
    ...(kind === 'guide' ? { audience: 'children' as const } : {}),
    title: { 'zh-CN': titleZh, en: titleEn },
    glossary: [],
    definitions: [],
    services: [],
    recipients: [],
    clauses: [
      {
        id: 'scope',
        heading: { 'zh-CN': '适用范围', en: 'What this covers' },
        body: { 'zh-CN': `本文件为《${titleZh}》。`, en: `This is the ${titleEn}.` },
        terms: [],
      },
    ],
  };
}
