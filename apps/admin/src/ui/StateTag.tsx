import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';

type Tone = 'default' | 'processing' | 'success' | 'warning' | 'error';

const tones: Record<string, Tone> = {
  draft: 'default',
  inReview: 'processing',
  approved: 'processing',
  scheduled: 'warning',
  effective: 'success',
  superseded: 'default',
  withdrawn: 'default',
  granted: 'success',
  expired: 'warning',
  stale: 'warning',
  editorial: 'default',
  informational: 'processing',
  reductionOfRights: 'warning',
  freshConsent: 'error',
  running: 'processing',
  sending: 'processing',
  live: 'success',
  completed: 'default',
  cancelled: 'default',
  active: 'success',
  inactive: 'default',
  suspended: 'warning',
  invited: 'processing',
  pendingGuardian: 'warning',
  deceased: 'default',
  closed: 'default',
  revoked: 'default',
  same: 'default',
  changed: 'warning',
  new: 'success',
  removed: 'error',
  moved: 'processing',
  pending: 'processing',
  delivered: 'success',
  dead: 'error',
};

/** A state in its one word and tone; the word carries the meaning, the colour only repeats it. */
export function StateTag({ state }: { state: string }) {
  const { t } = useTranslation();
  return <Tag color={tones[state] ?? 'default'}>{t(`states.${state}`, { defaultValue: state })}</Tag>;
}
