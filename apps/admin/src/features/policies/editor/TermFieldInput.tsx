import { labelOf } from '@abide/rulebook';
import { InputNumber, Select, Switch } from 'antd';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyProblem } from '../policies.types.js';
import { currentLanguage } from '../../../i18n/language.js';
import { ManySelect } from '../../../ui/ManySelect.js';
import type { Registries } from '../registry.queries.js';
import { AnswerWithinInput, ChannelsInput, DurationInput, MinimumInput, PrecisionInput } from './composite-inputs.js';
import { FieldProblems } from './FieldProblems.js';
import { catalogueOptions } from './catalogue-options.js';
import { fieldName, type TermField } from './term-fields.js';
import css from './editor.module.css';

interface Props {
  readonly field: TermField;
  readonly value: unknown;
  readonly registries: Registries;
  readonly problems: readonly PolicyProblem[];
  readonly change: (value: unknown) => void;
}

/** One member of a term under its name, with what is wrong beneath it. */
export function TermFieldInput(props: Props) {
  const { t } = useTranslation();
  const id = useId();
  const { field, problems } = props;
  return (
    <div className={css['field']}>
      <label htmlFor={id}>
        {t(`policies.fields.${fieldName(field)}`)}
        {field.required && <span className="secondary"> {t('policies.editor.required')}</span>}
      </label>
      <Control {...props} id={id} status={problems.some(({ severity }) => severity === 'error') ? 'error' : ''} />
      <FieldProblems problems={problems} />
    </div>
  );
}

interface ControlProps extends Props {
  readonly id: string;
  readonly status: 'error' | '';
}

function Control({ field, value, registries, change, id, status }: ControlProps): ReactNode {
  const { t } = useTranslation();
  const language = currentLanguage();
  switch (field.input) {
    case 'catalogue':
      return (
        <ManySelect
          id={id}
          status={status}
          value={listOf(value)}
          options={catalogueOptions(registries, field.from, { language, everything: t('policies.editor.everything') })}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={change}
        />
      );
    case 'choices':
      return (
        <ManySelect
          id={id}
          status={status}
          mode={field.open ? 'tags' : 'multiple'}
          value={listOf(value)}
          options={labelled(field, language)}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={change}
        />
      );
    case 'choice':
      return (
        <Select
          id={id}
          status={status}
          value={value ?? null}
          allowClear={!field.required}
          options={labelled(field, language)}
          onChange={change}
        />
      );
    case 'regions':
      return (
        <ManySelect
          id={id}
          status={status}
          mode="tags"
          value={listOf(value)}
          options={['CN', 'HK', 'MO', 'SG', 'EU', 'US'].map((region) => ({ value: region, label: region }))}
          onChange={change}
        />
      );
    case 'flag':
      return (
        <Switch id={id} size="small" checked={value === true} onChange={change} style={{ justifySelf: 'start' }} />
      );
    case 'whole':
      return (
        <InputNumber
          id={id}
          status={status}
          value={typeof value === 'number' ? value : null}
          min={field.min}
          max={field.max}
          precision={0}
          onChange={change}
          style={{ width: 120 }}
        />
      );
    case 'duration':
      return <DurationInput id={id} status={status} value={value} change={change} />;
    case 'answerWithin':
      return <AnswerWithinInput id={id} value={value} change={change} />;
    case 'precision':
      return <PrecisionInput id={id} value={value} change={change} />;
    case 'channels':
      return <ChannelsInput id={id} status={status} value={value} change={change} />;
    case 'minimum':
      return <MinimumInput id={id} value={value} change={change} />;
  }
}

function labelled(field: Extract<TermField, { values: readonly string[] }>, language: 'zh-CN' | 'en') {
  return field.values.map((value) => ({ value, label: labelOf(field.group, value, language) }));
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
