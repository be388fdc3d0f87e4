import type { TFunction } from 'i18next';
import type { QueuedRequest } from './requests.queries.js';

type Asked = Pick<QueuedRequest, 'isEnterprise' | 'asker' | 'wardName'>;

/** Who asked for an enterprise or a ward, masked, or that a near relative of somebody who died did; null where somebody asked for themselves. */
export function askerWords({ isEnterprise, asker, wardName }: Asked, t: TFunction) {
  if (!asker) return isEnterprise ? t('requests.asker.itself') : null;
  const ward = wardName ?? t('requests.asker.theWard');
  return t(`requests.asker.${asker.role}`, { name: asker.name || t('requests.asker.gone'), ward });
}
