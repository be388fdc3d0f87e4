import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/problem.js';
import { useOperator } from '../session/session.queries.js';
import { shortInstant, zoneOf } from './time-text.js';

const sentLately = new Set(['outreach.sent_lately', 'consent.reminded_lately']);

/**
 * Asks again where the same words went to the same people within the hour: who sent them and when, and whether to send once
 * more. Says whether the refusal was that one.
 */
export function useOnceMore(): (error: unknown, sendOnceMore: () => void) => boolean {
  const { modal } = App.useApp();
  const { t } = useTranslation();
  const { id: own } = useOperator();
  return (error, sendOnceMore) => {
    if (!(error instanceof ProblemError) || !sentLately.has(error.code)) return false;
    const { sentAt, sentBy } = error.extra;
    const instant = new Date(String(sentAt));
    modal.confirm({
      title: t('ui.onceMore.title'),
      content: t(sentBy === own ? 'ui.onceMore.byYou' : 'ui.onceMore.byColleague', {
        at: `${shortInstant(instant)} ${zoneOf(instant)}`,
      }),
      okText: t('ui.onceMore.send'),
      cancelText: t('ui.onceMore.leave'),
      autoFocusButton: 'cancel',
      onOk: sendOnceMore,
    });
    return true;
  };
}
