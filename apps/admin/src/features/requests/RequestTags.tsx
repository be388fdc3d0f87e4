import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SubjectRequest } from './requests.queries.js';

const stateTones: Readonly<Record<SubjectRequest['state'], string>> = {
  awaitingIdentity: 'default',
  open: 'processing',
  awaitingSubject: 'default',
  awaitingSecond: 'warning',
  waiting: 'warning',
  fulfilling: 'processing',
  closed: 'success',
  lapsed: 'default',
  cancelled: 'default',
};

interface Stand {
  readonly state: SubjectRequest['state'];
  /** Whether an earlier one of its kind took it in: nobody took it back then. */
  readonly isJoined?: boolean;
}

/** How far a request is, in a word. */
export function RequestStateTag({ state, isJoined = false }: Stand) {
  const { t } = useTranslation();
  if (isJoined) return <Tag>{t('requests.joined.tag')}</Tag>;
  return <Tag color={stateTones[state]}>{t(`requests.states.${state}`)}</Tag>;
}

/** That it is decided anew, by somebody else. */
export function AppealTag() {
  const { t } = useTranslation();
  return <Tag color="warning">{t('requests.acts.appealed')}</Tag>;
}

/** What a holder did, in a word. */
export function HolderOutcomeTag({ outcome }: { outcome: string }) {
  const { t } = useTranslation();
  const tone = outcome === 'done' ? 'success' : outcome === 'nothing' ? 'default' : 'error';
  return <Tag color={tone}>{t(`requests.holderOutcomes.${outcome}`, { defaultValue: outcome })}</Tag>;
}

/** What was decided about a category. */
export function DecisionTag({ outcome }: { outcome: SubjectRequest['decisions'][number]['outcome'] }) {
  const { t } = useTranslation();
  const tones = { grant: 'success', refuse: 'error', keep: 'warning', restrict: 'warning' } as const;
  return <Tag color={tones[outcome]}>{t(`requests.decisions.${outcome}`)}</Tag>;
}
