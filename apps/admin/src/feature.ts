import type { ParseKeys } from 'i18next';
import type { ComponentType } from 'react';
import type { RouteObject } from 'react-router';
import type { Permission } from './api/types.js';

/** What a folder of `features/` tells the console about itself, in its `feature.ts`; `features.ts` lists them. */
export interface Feature {
  /** The shape of its texts, for the compiler alone: what is shown is found in `texts/en.ts` and `texts/zh-CN.ts`. */
  readonly texts?: object;
  readonly routes?: readonly RouteObject[];
  readonly entries?: readonly NavigationEntry[];
  readonly tabs?: readonly PageTab[];
}

/** A line of the navigation. */
export interface NavigationEntry {
  readonly key: string;
  readonly to: string;
  readonly label: ParseKeys;
  readonly icon?: ComponentType;
  /** The key of the entry beneath which it stands. */
  readonly under?: string;
  /** The letter that follows `g` to go there by keyboard. */
  readonly letter?: string;
  /** The permission without which its pages would only refuse. */
  readonly permission?: Permission;
  /** Further addresses whose pages belong to this entry. */
  readonly owns?: readonly string[];
  /** Shown only where the server offers the development mailbox and clock. */
  readonly developmentOnly?: boolean;
}

/** A page that stands beside others under one heading, whichever features they come from. */
export interface PageTab {
  readonly of: 'campaigns' | 'collection' | 'consent' | 'subject';
  /** Its address; `:id` is the one of the page that is open. */
  readonly to: string;
  readonly label: ParseKeys;
  /** The permission without which its page would only refuse. */
  readonly permission?: Permission;
  /** Of a subject: shown for a minor alone. */
  readonly minorsOnly?: boolean;
}

/** A page that is fetched when it is first opened; the empty path is the start page. */
export function page<Name extends string>(
  path: string,
  load: () => Promise<Record<Name, ComponentType>>,
  name: Name,
): RouteObject {
  const lazy = async () => ({ Component: (await load())[name] });
  return path === '' ? { index: true, lazy } : { path, lazy };
}
