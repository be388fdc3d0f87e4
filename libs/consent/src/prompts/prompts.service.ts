import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database, BatchingLoader } from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import { choicesOf } from '@abide/rulebook';
import { refusal } from '../consent.errors.js';
import { SubjectFactsLoader, type KnownSubject } from '../gate/facts/subject-facts.loader.js';
import { preferenceOf, type Preference } from './preference.rules.js';

type Shown = ReadonlyMap<string, Date>;

/** Keeps track of what a subject was asked, so that nobody is asked too often (NDSR art. 22(5)). */
@Injectable()
export class Prompts {
  private readonly shown: BatchingLoader<Map<string, Date>>;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly rulebooks: EffectiveRulebook,
    private readonly subjectFacts: SubjectFactsLoader,
  ) {
    this.shown = new BatchingLoader(db, (ids) => this.read(ids));
  }

  /** When each purpose was last asked for. */
  async shownTo(subjectId: string): Promise<Shown> {
    return (await this.shown.get(subjectId)) ?? new Map<string, Date>();
  }

  /** Since when a question for the purpose has been open: shown, and not answered by the subject. */
  async openSince(subjectId: string, purpose: string, { facts }: KnownSubject): Promise<Date | null> {
    const shownAt = (await this.shownTo(subjectId)).get(purpose);
    if (shownAt === undefined) return null;
    const isAnswered = (facts.consents ?? []).some((one) => one.purpose === purpose && one.at >= shownAt.getTime());
    return isAnswered ? null : shownAt;
  }

  /**
   * Records that a question is shown now. `startedBySubject`: they opened it themselves, which is never too often.
   * @throws DomainError `consent.unknown_purpose`, `consent.nothing_to_ask`, `consent.cooling_off` with `askAgainAt`
   */
  async show(subjectId: string, purpose: string, startedBySubject: boolean): Promise<Date> {
    return this.db.transaction(async () => {
      const now = this.clock.now();
      await this.db.query(
        `INSERT INTO consent.prompts (subject_id, purpose, shown_at) VALUES ($1, $2, '-infinity') ON CONFLICT DO NOTHING`,
        [subjectId, purpose],
      );
      await this.db.query('SELECT 1 FROM consent.prompts WHERE subject_id = $1 AND purpose = $2 FOR UPDATE', [
        subjectId,
        purpose,
      ]);
      const preference = await this.preference(subjectId, purpose);
      if (!startedBySubject) requireMayAsk(preference);
      await this.db.execute('UPDATE consent.prompts SET shown_at = $3 WHERE subject_id = $1 AND purpose = $2', [
        subjectId,
        purpose,
        now,
      ]);
      return now;
    });
  }

  private async preference(subjectId: string, purpose: string): Promise<Preference> {
    const { rulebook, registry } = await this.rulebooks.current();
    if (!registry.catalogue.purposes.some(({ code }) => code === purpose))
      throw refusal('consent.unknown_purpose', { detail: 'No such purpose is registered. Nothing was recorded.' });
    const known = await this.subjectFacts.of(subjectId);
    if (!known) throw refusal('subject.unknown');
    const choices = choicesOf(rulebook).get(purpose) ?? [];
    const at = Math.max(this.clock.now().getTime(), known.latestAt);
    return preferenceOf({
      rulebook,
      known,
      purpose,
      choices,
      shownAt: (await this.shownTo(subjectId)).get(purpose) ?? null,
      at,
    });
  }

  private async read(ids: readonly string[]): Promise<ReadonlyMap<string, Map<string, Date>>> {
    const rows = await this.db.prepared<{ subject_id: string; purpose: string; shown_at: Date }>(
      'consent.prompts_shown',
      `SELECT subject_id, purpose, shown_at FROM consent.prompts WHERE subject_id = ANY($1::uuid[]) AND shown_at > '-infinity'`,
      [ids],
    );
    const all = new Map<string, Map<string, Date>>();
    for (const { subject_id, purpose, shown_at } of rows) {
      const own = all.get(subject_id) ?? new Map<string, Date>();
      all.set(subject_id, own.set(purpose, shown_at));
    }
    return all;
  }
}

function requireMayAsk({ mayAsk, askAgainAt, purpose }: Preference): void {
  if (mayAsk) return;
  if (askAgainAt === null)
    throw refusal('consent.nothing_to_ask', {
      detail: 'There is nothing to ask this subject for this purpose.',
      extra: { purpose },
    });
  throw refusal('consent.cooling_off', {
    detail:
      'The subject said no, or was asked a moment ago. Do not show the question; it may be shown again later, or when the subject opens it.',
    extra: { purpose, askAgainAt: new Date(askAgainAt).toISOString() },
  });
}
