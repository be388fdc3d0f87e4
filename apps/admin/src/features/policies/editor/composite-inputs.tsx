import { durationWords, labelOf, noticeChannels, type NoticeChannel, type PromisedChannel } from '@abide/rulebook';
import { Input, InputNumber, Select, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../../i18n/language.js';
import { ManySelect } from '../../../ui/ManySelect.js';

interface Props {
  readonly id: string;
  readonly value: unknown;
  readonly change: (value: unknown) => void;
}

/** What a length of time is counted in; the format writes `PT12H`, `P30D`, `P6M`, `P1Y`. */
const durationUnits = { hours: 'PT#H', days: 'P#D', months: 'P#M', years: 'P#Y' } as const;
type DurationUnit = keyof typeof durationUnits;

/** A length of time as a count and what is counted; one of several units stands beside it in words until it is written anew. */
export function DurationInput({ id, value, change, status = '' }: Props & { status?: 'error' | '' }) {
  const { t } = useTranslation();
  const counted = countedDuration(value);
  const [chosen, setChosen] = useState<DurationUnit>(counted?.unit ?? 'months');
  const unit = counted?.unit ?? chosen;
  const write = (count: number | null, of: DurationUnit) =>
    change(count === null ? null : durationUnits[of].replace('#', String(count)));
  return (
    <Space.Compact>
      <InputNumber
        id={id}
        status={status}
        value={counted?.count ?? null}
        placeholder={!counted && typeof value === 'string' ? durationWords(value, currentLanguage()) : ''}
        min={1}
        max={9999}
        precision={0}
        style={{ width: 120 }}
        onChange={(count) => write(count, unit)}
      />
      <Select
        aria-label={t('policies.editor.unit')}
        value={unit}
        style={{ width: 90 }}
        options={Object.keys(durationUnits).map((each) => ({
          value: each,
          label: t(`policies.units.${each as DurationUnit}`),
        }))}
        onChange={(next: DurationUnit) => {
          setChosen(next);
          if (counted) write(counted.count, next);
        }}
      />
    </Space.Compact>
  );
}

function countedDuration(value: unknown): { readonly count: number; readonly unit: DurationUnit } | null {
  const [, days, weeks, months, years, hours] =
    /^(?:P(?:(\d+)D|(\d+)W|(\d+)M|(\d+)Y)|PT(\d+)H)$/.exec(typeof value === 'string' ? value : '') ?? [];
  if (weeks) return { count: Number(weeks) * 7, unit: 'days' };
  const found = Object.entries({ hours, days, months, years }).find(([, count]) => count !== undefined);
  return found ? { count: Number(found[1]), unit: found[0] as DurationUnit } : null;
}

const answerUnits = ['workingDays', 'calendarDays', 'months', 'immediate'] as const;

/** Within how much time a request is answered, in the unit the promise is made in. */
export function AnswerWithinInput({ id, value, change }: Props) {
  const { t } = useTranslation();
  const isAtOnce = value === 'immediate';
  const counted = isAtOnce ? undefined : Object.entries((value ?? {}) as Record<string, number>)[0];
  const [unit, count] = isAtOnce ? (['immediate'] as const) : (counted ?? ['workingDays']);
  return (
    <Space.Compact>
      {!isAtOnce && (
        <InputNumber
          id={id}
          value={count ?? null}
          min={1}
          max={3650}
          precision={0}
          style={{ width: 90 }}
          onChange={(next) => change(next === null ? null : { [unit]: next })}
        />
      )}
      <Select
        aria-label={t('policies.editor.unit')}
        value={unit}
        style={{ width: 110 }}
        options={answerUnits.map((each) => ({ value: each, label: t(`policies.units.${each}`) }))}
        onChange={(next: string) => change(next === 'immediate' ? next : { [next]: count ?? 1 })}
      />
    </Space.Compact>
  );
}

/** Exact, the size of the cells a place is rounded to (H3 resolution: higher is finer), or truncated. */
export function PrecisionInput({ id, value, change }: Props) {
  const { t } = useTranslation();
  const cells = typeof value === 'object' && value !== null && 'h3' in value ? Number(value.h3) : null;
  const word = (['exact', 'truncated'] as const).find((each) => value === each);
  const kind = word ?? (cells === null ? null : 'h3');
  return (
    <Space.Compact>
      <Select
        id={id}
        value={kind}
        allowClear
        style={{ width: 140 }}
        options={(['exact', 'h3', 'truncated'] as const).map((each) => ({
          value: each,
          label: t(`policies.precision.${each}`),
        }))}
        onChange={(next) => change(next === 'h3' ? { h3: 7 } : next)}
      />
      {kind === 'h3' && (
        <InputNumber
          aria-label={t('policies.precision.resolution')}
          value={cells}
          min={0}
          max={15}
          precision={0}
          onChange={(next) => change({ h3: next ?? 7 })}
        />
      )}
    </Space.Compact>
  );
}

/** The time that a law demands at least, with the law. */
export function MinimumInput({ id, value, change }: Props) {
  const { t } = useTranslation();
  const { period = '', ground = '' } = (value ?? {}) as { period?: string; ground?: string };
  const set = (next: { period: string; ground: string }) => change(next.period || next.ground ? next : null);
  return (
    <div>
      <DurationInput
        id={id}
        value={period}
        change={(next) => set({ period: typeof next === 'string' ? next : '', ground })}
      />
      <Input
        aria-label={t('policies.fields.ground')}
        placeholder={t('policies.fields.ground')}
        value={ground}
        maxLength={300}
        style={{ marginTop: 4 }}
        onChange={({ target }) => set({ period, ground: target.value })}
      />
    </div>
  );
}

/** The channels of a notice: those used in any case, and several of which one is enough. There is always room for one such choice. */
export function ChannelsInput({ id, value, change, status }: Props & { status: 'error' | '' }) {
  const { t } = useTranslation();
  const promised = Array.isArray(value) ? (value as PromisedChannel[]) : [];
  const always = promised.filter((one) => typeof one === 'string');
  const choices = promised.flatMap((one) => (typeof one === 'string' ? [] : [one.anyOf]));
  const options = noticeChannels.map((code) => ({ value: code, label: labelOf('channel', code, currentLanguage()) }));
  const set = (channels: readonly NoticeChannel[], next: readonly (readonly NoticeChannel[])[]) =>
    change([...channels, ...next.filter((choice) => choice.length > 0).map((anyOf) => ({ anyOf }))]);
  return (
    <div>
      <ManySelect
        id={id}
        status={status}
        style={{ width: '100%' }}
        value={always}
        options={options}
        onChange={(next: NoticeChannel[]) => set(next, choices)}
      />
      <p id={`${id}-oneOf`} className="secondary" style={{ margin: '6px 0 2px' }}>
        {t('policies.editor.oneOfChannels')}
      </p>
      {(choices.length > 0 ? choices : [[]]).map((choice, index) => (
        <ManySelect
          key={index}
          aria-labelledby={`${id}-oneOf`}
          status={choice.length === 1 ? 'error' : ''}
          style={{ width: '100%', marginBottom: 4 }}
          value={choice}
          options={options}
          onChange={(next: NoticeChannel[]) => set(always, choices.length > 0 ? choices.with(index, next) : [next])}
        />
      ))}
    </div>
  );
}
