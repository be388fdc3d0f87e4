import { useTranslation } from 'react-i18next';
import { useLocalized } from '../../i18n/language.js';
import { Facts } from '../../ui/Facts.js';
import { Panel } from '../../ui/Panel.js';
import { Time } from '../../ui/Time.js';
import type { SubjectRequest } from './requests.queries.js';

type Step = SubjectRequest['clock']['trace'][number];

/** Why the deadline is what it is, step by step. */
export function ClockPanel({ request }: { request: SubjectRequest }) {
  const { t } = useTranslation();
  const sayStep = useStepWords();
  return (
    <Panel
      title={t('requests.clock.title')}
      note={request.clock.provisional ? t('requests.clock.provisional') : undefined}
    >
      <Facts
        rows={[
          [
            t('requests.due'),
            request.dueAt ? (
              <Time key="due" at={request.dueAt} />
            ) : (
              request.state === 'awaitingSubject' && t('requests.clock.standsStill')
            ),
          ],
          ...request.clock.trace.map((step) => [t(`requests.clock.rules.${step.rule}`), sayStep(step)] as const),
        ]}
      />
    </Panel>
  );
}

function useStepWords(): (step: Step) => string {
  const { t } = useTranslation();
  const localized = useLocalized();
  const named = (days: Step['skipped']) =>
    [...Map.groupBy(days, ({ name, why }) => (name ? localized(name) : t(`requests.clock.why.${why}`)))]
      .map(([name, { length }]) => t('requests.clock.daysOf', { name, count: length }))
      .join(t('ui.listSeparator'));
  return ({ rule, from, to, days, weekendDays, skipped, workedWeekends, article }) => {
    if (rule === 'receipt' || rule === 'verification') return `${from} · ${article}`;
    const parts = [
      t('requests.clock.counted', { from, to, count: days }),
      weekendDays > 0 && t('requests.clock.weekends', { count: weekendDays }),
      skipped.length > 0 && t('requests.clock.without', { days: named(skipped) }),
      workedWeekends.length > 0 && t('requests.clock.worked', { days: named(workedWeekends) }),
      article,
    ];
    return parts.filter(Boolean).join(' · ');
  };
}
