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
  const sayStep = useStepWords(request.clock.facts as KeptFacts);
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

/** Of each step the time that it gives: in working days, or in days of the calendar. */
interface KeptFacts {
  readonly answer?: { readonly within?: object };
  readonly extension?: { readonly within?: object } | null;
}

function useStepWords(facts: KeptFacts): (step: Step) => string {
  const { t, i18n } = useTranslation();
  const localized = useLocalized();
  const named = (days: Step['skipped']) =>
    [...Map.groupBy(days, ({ name, why }) => (name ? localized(name) : t(`requests.clock.why.${why}`)))]
      .map(([name, { length }]) => t('requests.clock.daysOf', { name, count: length }))
      .join(t('ui.listSeparator'));
  return ({ rule, from, to, days, weekendDays, skipped, workedWeekends, article }) => {
    if (rule === 'receipt' || rule === 'verification') return `${dayText(from, i18n.language)} · ${article}`;
    const isByWorkingDays = 'workingDays' in (facts[rule]?.within ?? {});
    const unit = days === 0 ? 'sameDay' : isByWorkingDays ? 'workingDays' : 'calendarDays';
    const counted = t(`requests.clock.${unit}`, {
      count: days,
      to: dayText(to, i18n.language, from),
    });
    const notes = [
      weekendDays > 0 && t('requests.clock.weekends', { count: weekendDays }),
      skipped.length > 0 && t('requests.clock.without', { days: named(skipped) }),
      workedWeekends.length > 0 && t('requests.clock.worked', { days: named(workedWeekends) }),
    ].filter(Boolean);
    const more = notes.length > 0 ? t('requests.clock.notes', { notes: notes.join(t('requests.clock.comma')) }) : '';
    return `${counted}${more} · ${article}`;
  };
}

/** A day of the profile's zone in words; its year only where that is another than `from` said. */
function dayText(day: string, language: string, from = ''): string {
  const isSameYear = day.slice(0, 4) === from.slice(0, 4);
  return new Intl.DateTimeFormat(language, {
    timeZone: 'UTC',
    month: 'long',
    day: 'numeric',
    ...(isSameYear ? {} : { year: 'numeric' }),
  }).format(new Date(day));
}
