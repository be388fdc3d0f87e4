import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { longInstant } from '../../ui/time-text.js';

interface Due {
  readonly dueAt: string | null;
  readonly daysLeft: number | null;
}

/** How many days are left, in words; the date on hover. Nothing while the person owes an answer, and once it is over. */
export function DeadlineTag({ request: { dueAt, daysLeft } }: { request: Due }) {
  const { t, i18n } = useTranslation();
  if (dueAt === null || daysLeft === null) return <span aria-hidden>–</span>;
  const colour = daysLeft < 0 ? 'error' : daysLeft <= 2 ? 'warning' : 'default';
  return (
    <Tag color={colour} title={longInstant(new Date(dueAt), i18n.language)}>
      {daysLeft < 0
        ? t('requests.overdueBy', { count: -daysLeft })
        : daysLeft === 0
          ? t('requests.dueToday')
          : t('ui.daysLeft', { count: daysLeft })}
    </Tag>
  );
}
