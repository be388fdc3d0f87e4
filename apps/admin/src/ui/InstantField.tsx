import { DatePicker } from 'antd';
import dayjs from 'dayjs';

interface Props {
  readonly value?: string | null | undefined;
  readonly onChange?: (value: string | null) => void;
  readonly id?: string;
  readonly earliest?: Date;
  readonly width?: number | string;
  readonly disabled?: boolean;
}

/** Picks an instant in the operator's zone; outside it is an RFC 3339 text in UTC. */
export function InstantField({ value, onChange, id, earliest, width = 170, disabled = false }: Props) {
  return (
    <DatePicker
      {...(id ? { id } : {})}
      value={value ? dayjs(value) : null}
      showTime={{ format: 'HH:mm' }}
      format="YYYY-MM-DD HH:mm"
      disabled={disabled}
      style={{ width }}
      {...(earliest ? { minDate: dayjs(earliest) } : {})}
      onChange={(picked) => onChange?.(picked ? picked.second(0).millisecond(0).toISOString() : null)}
    />
  );
}
