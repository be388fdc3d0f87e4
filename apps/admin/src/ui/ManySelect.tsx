import { Select, type SelectProps } from 'antd';
import type { KeyboardEvent } from 'react';

type Props = Omit<SelectProps, 'mode' | 'onInputKeyDown'> & { readonly mode?: 'multiple' | 'tags' };

/** A choice of several. Ant Design's own takes Tab for another Enter while its list is open; here Tab moves on, which closes the list and changes nothing. */
export function ManySelect({ mode = 'multiple', ...props }: Props) {
  return <Select {...props} mode={mode} onInputKeyDown={letTabMoveOn} />;
}

function letTabMoveOn(event: KeyboardEvent): void {
  if (event.key === 'Tab') event.stopPropagation();
}
