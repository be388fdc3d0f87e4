import { Button, type ButtonProps } from 'antd';
import type { MouseEvent } from 'react';
import { useHref, useLinkClickHandler } from 'react-router';

/** A link that looks like a button: one element, opened in a new tab like any link. */
export function LinkButton({ to, ...props }: { to: string } & Omit<ButtonProps, 'href' | 'onClick'>) {
  const follow = useLinkClickHandler<HTMLElement>(to);
  return (
    <Button
      {...props}
      href={useHref(to)}
      onClick={(event: MouseEvent<HTMLElement>) =>
        follow(event as MouseEvent<HTMLElement> & MouseEvent<HTMLAnchorElement>)
      }
    />
  );
}
