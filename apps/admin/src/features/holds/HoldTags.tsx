import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LocalizedText } from '../../api/types.js';
import { useLocalized } from '../../i18n/language.js';
import type { HoldLine } from './holds.queries.js';

const tones = { inForce: 'warning', expired: 'default', lifted: 'default' } as const;

/** Whether it holds, in a word. */
export function HoldStateTag({ state }: { state: HoldLine['state'] }) {
  const { t } = useTranslation();
  return <Tag color={tones[state]}>{t(`holds.states.${state}`)}</Tag>;
}

/** The kinds of data that a hold covers, as people call them. */
export function useCovered(): (hold: Pick<HoldLine, 'categories' | 'names'>) => string {
  const { t } = useTranslation();
  const localized = useLocalized();
  return ({ categories, names }) =>
    categories.length === 0
      ? t('holds.everything')
      : categories
          .map((code) => localized((names as Record<string, LocalizedText>)[code]) || code)
          .join(t('ui.listSeparator'));
}
