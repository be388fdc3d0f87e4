import { Input } from 'antd';
import { instantOf, localTextOf } from './local-time.js';

interface Props {
  readonly value?: string | null | undefined;
  readonly onChange?: (value: string | null) => void;
  readonly id?: string;
  readonly earliest?: Date;
  readonly width?: number | string;
}

/** Picks an instant in the operator's zone with the browser's own field; outside it is an RFC 3339 text in UTC. */
export function InstantField({ value, onChange, id, earliest, width = 190 }: Props) {
  return (
    <Input
      type="datetime-local"
      {...(id ? { id } : {})}
      value={value ? localTextOf(new Date(value)) : ''}
      {...(earliest ? { min: localTextOf(earliest) } : {})}
      style={{ width }}
      onChange={({ target }) => onChange?.(instantOf(target.value))}
    />
  );
}
