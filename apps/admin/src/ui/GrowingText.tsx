import { Input } from 'antd';
import type { TextAreaProps } from 'antd/es/input/TextArea.js';

/**
 * A text area as tall as its text between `minRows` and `maxRows`, by the browser's own `field-sizing`; where it has
 * none, it stays at `minRows` and scrolls. Ant Design's `autoSize` writes style attributes, which our policy forbids.
 */
export function GrowingText({
  minRows,
  maxRows,
  style,
  ...props
}: Omit<TextAreaProps, 'autoSize' | 'rows'> & { minRows: number; maxRows: number }) {
  return (
    <Input.TextArea
      rows={minRows}
      style={{
        fieldSizing: 'content',
        minHeight: `${minRows * 1.57 + 0.6}em`,
        maxHeight: `${maxRows * 1.57 + 0.6}em`,
        ...style,
      }}
      {...props}
    />
  );
}
