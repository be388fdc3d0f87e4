import type { Locale } from '../api/types.js';
import type { ListedFeature } from '../features.js';

const catalogues = { en: () => import('./en.js'), 'zh-CN': () => import('./zh-CN.js') };

/** Every text of one language: what all pages share, and what each feature brings. */
export const loadTexts = async (language: Locale): Promise<readonly object[]> => (await catalogues[language]()).texts;

type Shared = typeof import('../i18n/en.js');
type All<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer Every) => void
  ? Every
  : never;

/** The catalogue as the compiler knows it. */
export type Texts = All<Shared | ListedFeature['texts']>;
