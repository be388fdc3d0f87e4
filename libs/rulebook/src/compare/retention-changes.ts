import { retentionFor } from '../compile.js';
import { durationWords } from '../words.js';
import { labelOf } from '../labels.js';
import { longestKeptInDays, longestPeriod, spanInDays, type RetentionPromise } from '../retention-promises.js';
import { retentionOutcomes } from '../vocabulary.js';
import { told, type Change, type Told } from './change.js';
import type { CompareRuleId } from './rules.js';
import { atomsIn, servicesOf, type SideView } from './side.js';

interface KeptAndWhy {
  readonly category: string;
  readonly service: string | null;
  readonly purpose: string | null;
}

/** Compares how long each category is kept in each service for each purpose; spans by the longest they can be. */
export function retentionChanges(before: SideView, after: SideView): readonly Change[] {
  const categories = new Set(
    [...before.rulebook.promises, ...after.rulebook.promises].map((promise) => promise.category),
  );
  return servicesOf(before, after).flatMap((service) =>
    [...categories].flatMap((category) =>
      purposesOf({ before, after }, category, service).flatMap((purpose) => {
        const kept = { category, service, purpose };
        const was = retentionFor(before.rulebook, kept);
        const is = retentionFor(after.rulebook, kept);
        const found =
          was && is ? promiseChanges(was, is) : presenceChange(was ?? is, { isNew: was === null, kept, after });
        const purposes = purpose === null ? {} : { purposes: [purpose] };
        return found.map((change) => ({ ...change, categories: [category], ...purposes, services: [service] }));
      }),
    ),
  );
}

/** Where neither side tells purposes apart, all of them at once (null); else those that are named, and those that it is collected for. */
function purposesOf(
  { before, after }: { before: SideView; after: SideView },
  category: string,
  service: string | null,
): readonly (string | null)[] {
  const named = [before, after].flatMap(({ rulebook }) =>
    rulebook.promises.flatMap((one) =>
      one.category === category && (one.service === null || one.service === service) ? (one.purposes ?? []) : [],
    ),
  );
  if (named.length === 0) return [null];
  return [...new Set([...named, ...[before, after].flatMap((view) => collectedFor(view, category, service))])];
}

function collectedFor(view: SideView, category: string, service: string | null): readonly string[] {
  return atomsIn(view, service).flatMap((atom) =>
    atom.action === 'collect' && !atom.isOnDevice && atom.category === category ? [atom.purpose] : [],
  );
}

function presenceChange(
  promise: RetentionPromise | null,
  given: { isNew: boolean; kept: KeptAndWhy; after: SideView },
): Change[] {
  if (!promise) return [];
  if (given.isNew) return [change('retention.added', promise, { after: keptWords(promise) })];
  const { category, service, purpose } = given.kept;
  const purposes = collectedFor(given.after, category, service);
  const isCollected = purpose === null ? purposes.length > 0 : purposes.includes(purpose);
  return [
    change(isCollected ? 'retention.promiseRemoved' : 'retention.removed', promise, { before: keptWords(promise) }),
  ];
}

function promiseChanges(was: RetentionPromise, is: RetentionPromise): Change[] {
  return [...spanChange(was, is), ...outcomeChange(was, is), ...minimumChanges(was, is)];
}

function spanChange(was: RetentionPromise, is: RetentionPromise): Change[] {
  const facts = { before: keptWords(was), after: keptWords(is) };
  if (was.until !== null && was.until === is.until) return [];
  // A session may have been a short one, so that whatever follows it may be longer; and it may be the longest one.
  if (was.until === 'sessionEnd') return [change('retention.lengthened', is, facts)];
  const [before, after] = [longestKeptInDays(was), longestKeptInDays(is)];
  if (is.until === 'sessionEnd') {
    return [change(after > before ? 'retention.lengthened' : 'retention.shortened', is, facts)];
  }
  if (was.until !== null && is.until !== null) return [change('retention.eventChanged', is, facts)];
  if (before === after) return [];
  return [change(after > before ? 'retention.lengthened' : 'retention.shortened', is, facts)];
}

function outcomeChange(was: RetentionPromise, is: RetentionPromise): Change[] {
  if (was.then === is.then) return [];
  const isWeaker = retentionOutcomes.indexOf(is.then) > retentionOutcomes.indexOf(was.then);
  const words = (code: string) => told(code, (locale) => labelOf('then', code, locale));
  return [
    change(isWeaker ? 'retention.outcomeWeakened' : 'retention.outcomeStrengthened', is, {
      before: words(was.then),
      after: words(is.then),
    }),
  ];
}

function minimumChanges(was: RetentionPromise, is: RetentionPromise): Change[] {
  const [before, after] = [spanInDays(was.minimum?.period ?? null), spanInDays(is.minimum?.period ?? null)];
  if (before !== after) {
    const rule = after > before ? 'retention.minimumLengthened' : 'retention.minimumShortened';
    return [change(rule, is, { before: minimumWords(was), after: minimumWords(is) })];
  }
  const [ground, newGround] = [was.minimum?.ground ?? '', is.minimum?.ground ?? ''];
  if (ground === newGround) return [];
  return [
    change('retention.groundChanged', is, {
      before: told(ground, () => ground),
      after: told(newGround, () => newGround),
    }),
  ];
}

function change(rule: CompareRuleId, promise: RetentionPromise, facts: { before?: Told; after?: Told }): Change {
  return { rule, clauseId: promise.clauseId, path: promise.path, ...facts };
}

function keptWords(promise: RetentionPromise): Told {
  if (promise.until !== null) return eventWords(promise.until);
  const period = longestPeriod(promise) ?? '';
  return told(period, (locale) =>
    locale === 'en' ? `for ${durationWords(period, 'en')}` : durationWords(period, locale),
  );
}

function eventWords(event: string): Told {
  return told(event, (locale) =>
    locale === 'en' ? `until ${labelOf('until', event, locale)}` : `“至${labelOf('until', event, locale)}”`,
  );
}

function minimumWords({ minimum }: RetentionPromise): Told {
  const none = { 'zh-CN': '无', en: 'no minimum' };
  return told(minimum?.period ?? '', (locale) => (minimum ? durationWords(minimum.period, locale) : none[locale]));
}
