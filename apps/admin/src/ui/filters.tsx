import { CloseOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { InstantField } from './InstantField.js';
import { withFilter } from './list-state.js';
import css from './DataTable.module.css';

interface FilterProps {
  readonly name: string;
  readonly label: string;
}

function Labelled({ label, children, grows = false }: { label: string; children: ReactNode; grows?: boolean }) {
  return (
    <label className={`${css['filter']} ${grows ? css['grows'] : ''}`}>
      <span className="secondary">{label}</span>
      {children}
    </label>
  );
}

function useFilter(name: string): [string, (value: string | undefined) => void] {
  const [search, setSearch] = useSearchParams();
  return [search.get(name) ?? '', (value) => setSearch(withFilter(search, name, value))];
}

/** A text compared as a whole; it takes effect on Enter or when left. */
export function TextFilter({ name, label, width = 150 }: FilterProps & { width?: number }) {
  const [value, set] = useFilter(name);
  const apply = (typed: string) => typed !== value && set(typed);
  return (
    <Labelled label={label}>
      <Input
        key={value}
        defaultValue={value}
        allowClear
        style={{ width }}
        onPressEnter={({ currentTarget }) => apply(currentTarget.value)}
        onBlur={({ currentTarget }) => apply(currentTarget.value)}
        onClear={() => set(undefined)}
      />
    </Labelled>
  );
}

/** `placeholder`: what holds while nothing is chosen; anything, unless it says more. */
export function SelectFilter({
  name,
  label,
  options,
  placeholder,
}: FilterProps & { options: readonly { value: string; label: string }[]; placeholder?: string }) {
  const { t } = useTranslation();
  const [value, set] = useFilter(name);
  return (
    <Labelled label={label} grows>
      <Select
        value={value || null}
        placeholder={placeholder ?? t('ui.anything')}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        options={[...options]}
        onChange={(chosen) => set(chosen ?? undefined)}
      />
    </Labelled>
  );
}

/** A filter that a link brought along: said in words while it holds, and lifted by a click. */
export function GivenFilter({ name, words }: { name: string; words: (value: string) => string }) {
  const { t } = useTranslation();
  const [value, set] = useFilter(name);
  if (!value) return null;
  return (
    <Button
      className={css['given'] ?? ''}
      icon={<CloseOutlined />}
      iconPlacement="end"
      title={t('ui.liftFilter')}
      onClick={() => set(undefined)}
    >
      {words(value)}
    </Button>
  );
}

export function InstantFilter({ name, label }: FilterProps) {
  const [value, set] = useFilter(name);
  return (
    <Labelled label={label}>
      <InstantField value={value} onChange={(picked) => set(picked ?? undefined)} />
    </Labelled>
  );
}
