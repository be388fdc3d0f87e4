import type { TFunction } from 'i18next';
import type { QueuedRequest } from './requests.queries.js';

/** Who asked for an enterprise, masked; null where the request is about no enterprise. */
export function askerWords({ isEnterprise, asker }: Pick<QueuedRequest, 'isEnterprise' | 'asker'>, t: TFunction) {
  if (!isEnterprise) return null;
  if (!asker) return t('requests.asker.itself');
  return t(`requests.asker.${asker.role}`, { name: asker.name || t('requests.asker.gone') });
}
