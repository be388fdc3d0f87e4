import { App, Button, Popconfirm, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocalized } from '../../../i18n/language.js';
import { usePermission } from '../../../session/permissions.js';
import type { Column } from '../../../ui/column.js';
import { DataTable } from '../../../ui/DataTable.js';
import { Page } from '../../../ui/Page.js';
import { PageTabs } from '../../../ui/PageTabs.js';
import { Time } from '../../../ui/Time.js';
import { useProblem } from '../../../ui/use-problem.js';
import { TemplateDialog } from './TemplateDialog.js';
import {
  loadTemplates,
  removeTemplate,
  templatesKey,
  useTemplateAct,
  type AnswerTemplate,
} from './templates.queries.js';

/** The words that answers begin with; a privacy officer writes them. */
export function TemplatesPage() {
  const { t } = useTranslation();
  const mayWrite = usePermission('request.decideAny');
  const [written, setWritten] = useState<AnswerTemplate | 'new' | null>(null);
  return (
    <Page
      title={t('frame.entries.requests')}
      purpose={t('requests.templates.purpose')}
      actions={
        mayWrite && (
          <Button type="primary" onClick={() => setWritten('new')}>
            {t('requests.templates.add')}
          </Button>
        )
      }
    >
      <PageTabs of="requests" label={t('frame.entries.requests')} />
      <DataTable
        name="answer-templates"
        label={t('requests.templates.tab')}
        columns={useTemplateColumns(mayWrite ? setWritten : null)}
        rowKey={({ id }) => id}
        queryKey={templatesKey}
        load={({ signal }) => loadTemplates(signal)}
        empty={{ text: t('requests.templates.empty') }}
      />
      {written && <TemplateDialog template={written === 'new' ? null : written} close={() => setWritten(null)} />}
    </Page>
  );
}

function useTemplateColumns(edit: ((template: AnswerTemplate) => void) | null): Column<AnswerTemplate>[] {
  const { t } = useTranslation();
  const localized = useLocalized();
  const title = (template: AnswerTemplate) => localized(template.title);
  const text = (template: AnswerTemplate) => localized(template.text);
  const types = ({ types: of }: AnswerTemplate) =>
    of.length === 0
      ? t('requests.templates.everyType')
      : of.map((type) => t(`requests.types.${type}`)).join(t('ui.listSeparator'));
  return [
    { key: 'title', title: t('requests.templates.title'), fixed: true, render: title, csv: title },
    { key: 'types', title: t('requests.templates.types'), wraps: true, render: types, csv: types },
    { key: 'text', title: t('requests.templates.text'), wraps: true, render: text, csv: text },
    {
      key: 'changedAt',
      title: t('requests.templates.changedAt'),
      render: ({ changedAt }) => <Time at={changedAt} />,
      csv: ({ changedAt }) => changedAt,
    },
    ...(edit
      ? [
          {
            key: 'acts',
            title: t('ui.acts'),
            render: (template: AnswerTemplate) => <TemplateActs template={template} edit={edit} />,
          },
        ]
      : []),
  ];
}

interface ActsProps {
  readonly template: AnswerTemplate;
  readonly edit: (template: AnswerTemplate) => void;
}

function TemplateActs({ template, edit }: ActsProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const showProblem = useProblem();
  const act = useTemplateAct();
  const remove = () =>
    act.mutate(() => removeTemplate(template.id), {
      onSuccess: () => void message.success(t('requests.templates.removed')),
      onError: (error) => showProblem(error),
    });
  return (
    <Space>
      <Button size="small" onClick={() => edit(template)}>
        {t('requests.templates.edit')}
      </Button>
      <Popconfirm title={t('requests.templates.removeSure')} onConfirm={remove}>
        <Button size="small" danger loading={act.isPending}>
          {t('requests.templates.remove')}
        </Button>
      </Popconfirm>
    </Space>
  );
}
