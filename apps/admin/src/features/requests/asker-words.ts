import type { TFunction } from 'i18next';
import type { QueuedRequest } from './requests.queries.js';

type Gone = Pick<QueuedRequest, 'type' | 'state' | 'personName'>;
type Asked = Pick<QueuedRequest, 'isEnterprise' | 'asker' | 'wardName'>;

/** Whether the account is no more that was to be closed: nobody is behind it whose page could be opened. */
export function isAccountGone({ type, state, personName }: Gone): boolean {
  return type === 'accountClosure' && state === 'closed' && !personName;
}

/** Who asked for an enterprise or a ward, masked, or that a near relative of somebody who died did; null where somebody asked for themselves. */
export function askerWords({ isEnterprise, asker, wardName }: Asked, t: TFunction) {
  if (!asker) return isEnterprise ? t('requests.asker.itself') : null;
  const ward = wardName ?? t('requests.asker.theWard');
  return t(`requests.asker.${asker.role}`, { name: asker.name || t('requests.asker.gone'), ward });
}
