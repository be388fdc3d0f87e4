import type { ParseKeys } from 'i18next';
import { lazy, type ComponentType, type ReactNode } from 'react';
import type { RouteObject } from 'react-router';
import type { Permission } from './api/types.js';
import { needTexts, type TextsByLanguage } from './i18n/language.js';

/** What a folder of `features/` tells the console about itself, in its `feature.ts`; `features.ts` lists them. */
export interface Feature {
  /**
   * The shape of its texts, for the compiler alone: what is shown is found in `texts/en.ts` and `texts/zh-CN.ts`. What its own pages alone
   * show may stand in `texts/pages.en.ts` and `texts/pages.zh-CN.ts`, fetched with the first of them.
   */
  readonly texts?: object;
  readonly routes?: readonly RouteObject[];
  readonly entries?: readonly NavigationEntry[];
  readonly tabs?: readonly PageTab[];
  readonly overview?: readonly OverviewPart[];
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
  readonly of: 'campaigns' | 'collection' | 'consent' | 'deliveries' | 'requests' | 'subject';
  /** Its address; `:id` is the one of the page that is open. */
  readonly to: string;
  readonly label: ParseKeys;
  /** The permission without which its page would only refuse. */
  readonly permission?: Permission;
  /** Of a subject: shown for a minor alone. */
  readonly minorsOnly?: boolean;
}

/** What a feature draws of one fragment of the overview, which the server puts together. */
export interface OverviewPart {
  /** Its name, as the server gives it. */
  readonly fragment: string;
  /** A list of what waits, for the operator and for somebody else. */
  readonly Waiting?: Rows;
  /** A panel of what waits for nobody. */
  readonly Standing?: Rows;
}

type Rows = (props: { readonly rows: readonly never[] }) => ReactNode;

/** Fetches modules together with the texts that they show. */
export function fetchedWith(texts: TextsByLanguage): <Module>(load: () => Promise<Module>) => () => Promise<Module> {
  return (load) => async () => {
    const [module] = await Promise.all([load(), needTexts(texts)]);
    return module;
  };
}

/** A part of a page that is fetched when it is first shown. */
export function part<Name extends string, Props>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
): (props: Props) => ReactNode {
  const Part = lazy(async () => ({ default: (await load())[name] })) as ComponentType<Props>;
  return Part as (props: Props) => ReactNode;
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
