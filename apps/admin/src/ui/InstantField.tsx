import { Input, type InputProps } from 'antd';
import { instantOf, localTextOf } from './local-time.js';

interface Props extends Pick<InputProps, 'id' | 'aria-invalid' | 'aria-describedby' | 'aria-required'> {
  readonly value?: string | null | undefined;
  readonly onChange?: (value: string | null) => void;
  readonly earliest?: Date;
  readonly width?: number | string;
}

/** Picks an instant in the operator's zone with the browser's own field; outside it is an RFC 3339 text in UTC. */
export function InstantField({ value, onChange, earliest, width = 190, ...told }: Props) {
  return (
    <Input
      type="datetime-local"
      {...told}
      value={value ? localTextOf(new Date(value)) : ''}
      {...(earliest ? { min: localTextOf(earliest) } : {})}
      style={{ width }}
      onChange={({ target }) => onChange?.(instantOf(target.value))}
    />
  );
}
