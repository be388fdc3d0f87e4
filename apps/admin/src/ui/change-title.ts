import { useTranslation } from 'react-i18next';
import type { PendingChange } from '../api/types.js';
import { useLocalized } from '../i18n/language.js';

/** What a change asks for, in one line. */
export function useChangeTitle(): (change: Pick<PendingChange, 'kind' | 'object'>) => string {
  const { t } = useTranslation();
  const localized = useLocalized();
  return ({ kind, object }) =>
    t(`changes.kinds.${kind}`, { name: localized(object.name), defaultValue: localized(object.name) });
}
