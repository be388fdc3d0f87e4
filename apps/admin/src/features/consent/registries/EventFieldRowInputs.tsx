import { DeleteOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  hasLength,
  isOfSeveral,
  longestName,
  longestTextOf,
  mostItems,
  rowTypes,
  type EventFieldRow,
} from './event-field-rows.js';
import css from './registries.module.css';

interface Props {
  /** Counted from 1: what tells the rows apart by ear. */
  readonly number: number;
  readonly row: EventFieldRow;
  /** Added a moment ago: one goes on typing there. */
  readonly isNew: boolean;
  readonly change: (next: Partial<EventFieldRow>) => void;
  readonly remove: () => void;
}

export function EventFieldRowInputs({ number, row, isNew, change, remove }: Props) {
  const { t } = useTranslation();
  const labelled = (part: 'name' | 'kept' | 'type' | 'remove') =>
    t('consent.eventFields.ofRow', { part: t(`consent.eventFields.${part}`), number });
  const kept = [
    { value: false, label: t('consent.eventFields.readable') },
    { value: true, label: t('consent.eventFields.sealed') },
  ];
  return (
    <tr>
      <td>
        <Input
          className={`code ${css['ownName']}`}
          size="small"
          aria-label={labelled('name')}
          value={row.name}
          maxLength={longestName}
          autoFocus={isNew}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => change({ name: target.value })}
        />
      </td>
      <td>
        <Select
          size="small"
          className={css['kept'] ?? ''}
          aria-label={labelled('kept')}
          value={row.isSealed}
          options={kept}
          onChange={(isSealed) => change({ isSealed })}
        />
      </td>
      <td>
        <Select
          size="small"
          className={css['type'] ?? ''}
          aria-label={labelled('type')}
          value={row.type}
          options={rowTypes.map((type) => ({ value: type, label: t(`consent.eventFields.types.${type}`) }))}
          onChange={(type) => change({ type })}
        />
      </td>
      <td>
        <LimitInputs number={number} row={row} change={change} />
      </td>
      <td>
        <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={labelled('remove')} onClick={remove} />
      </td>
    </tr>
  );
}

/** What the type asks for: how many values, the longest text, the values to choose from, or the bounds of a number. */
function LimitInputs({ number, row, change }: Pick<Props, 'number' | 'row' | 'change'>) {
  const { t } = useTranslation();
  const labelled = (part: 'maxItems' | 'maxLength' | 'values' | 'minimum' | 'maximum') =>
    t('consent.eventFields.ofRow', { part: t(`consent.eventFields.${part}`), number });
  if (hasLength(row.type)) {
    const limits = isOfSeveral(row.type) ? (['maxItems', 'maxLength'] as const) : (['maxLength'] as const);
    return (
      <div className={css['bounds']}>
        {limits.map((limit) => (
          <InputNumber
            key={limit}
            size="small"
            className={css['limit'] ?? ''}
            aria-label={labelled(limit)}
            suffix={t(`consent.eventFields.units.${limit}`)}
            placeholder={t(`consent.eventFields.${limit}`)}
            value={row[limit]}
            min={1}
            max={limit === 'maxItems' ? mostItems : longestTextOf(row)}
            precision={0}
            onChange={(next) => change({ [limit]: next })}
          />
        ))}
      </div>
    );
  }
  if (row.type === 'choice') {
    return (
      <Select
        size="small"
        mode="tags"
        className={css['values'] ?? ''}
        aria-label={labelled('values')}
        placeholder={t('consent.eventFields.values')}
        value={[...row.values]}
        open={false}
        suffixIcon={null}
        tokenSeparators={[',', '，', '\n']}
        onChange={(values) => change({ values })}
      />
    );
  }
  if (row.type !== 'whole' && row.type !== 'number') return null;
  const whole = row.type === 'whole' ? { precision: 0 } : {};
  return (
    <div className={css['bounds']}>
      {(['minimum', 'maximum'] as const).map((end) => (
        <InputNumber
          key={end}
          size="small"
          {...whole}
          aria-label={labelled(end)}
          placeholder={t(`consent.eventFields.${end}`)}
          value={row[end]}
          onChange={(next) => change({ [end]: next })}
        />
      ))}
    </div>
  );
}
