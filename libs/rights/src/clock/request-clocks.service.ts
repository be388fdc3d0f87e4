import { Injectable } from '@nestjs/common';
import { Subjects } from '@abide/identity';
import { EffectiveRulebook } from '@abide/policy';
import { shortestAnswer } from '@abide/rulebook';
import type { RequestType } from '../request-kinds.js';
import { refusal } from '../rights.errors.js';
import { clockOfKept, type KeptClock } from './kept-clock.schema.js';
import type { Article, Clock } from './request-clock.rules.js';
import { Calendars } from './working-days.js';

/** Whatever has a deadline. */
export interface Timed {
  readonly clock: KeptClock;
  dueAt: Date | null;
  isProvisional: boolean;
}

/** Sets the clocks of requests by the profile and by what the policies in force promise, whichever is shorter. */
@Injectable()
export class RequestClocks {
  constructor(
    private readonly rulebooks: EffectiveRulebook,
    private readonly calendars: Calendars,
    private readonly subjects: Subjects,
  ) {}

  /** The facts of a request of this kind about somebody that arrives now. Later changes of the law or the policy never change them. */
  async start(
    { type, subjectId }: { readonly type: RequestType; readonly subjectId: string },
    at: Date,
  ): Promise<KeptClock> {
    const { rulebook } = await this.rulebooks.current();
    const { code, utcOffsetHours, rules } = rulebook.profile;
    const isChild = (await this.subjects.find(subjectId))?.minorStatus === 'under14';
    const promise = shortestAnswer(rulebook.answers, type, isChild ? ['children'] : []);
    const answer = promise
      ? { within: promise.within, article: promise.cited }
      : { within: rules.answerWithin.value, article: rules.answerWithin.article };
    const start = { at: at.toISOString(), on: rules.clockStartsOn.value, article: rules.clockStartsOn.article };
    return { profile: code, utcOffsetHours, start, answer, extension: null, pauses: [] };
  }

  /** Puts the deadline of its clock on a request. */
  wind(request: Timed): void {
    const { dueAt, isProvisional } = this.trace(request);
    request.dueAt = dueAt;
    request.isProvisional = isProvisional;
  }

  /** How the deadline comes about, step by step. */
  trace({ clock }: Pick<Timed, 'clock'>): Clock {
    return clockOfKept(clock, this.calendars.of(clock.profile));
  }

  /** Until when a request would have to be answered if it were extended now, and where that is provided; null where the law knows none, or it was extended already. */
  async extended({ clock }: Pick<Timed, 'clock'>): Promise<{ dueAt: Date | null; article: Article } | null> {
    const { value, article } = (await this.rulebooks.current()).rulebook.profile.rules.extension;
    if (value === null || clock.extension) return null;
    const { dueAt } = this.trace({ clock: { ...clock, extension: { within: value, article } } });
    return { dueAt, article };
  }

  /** What an extension gives under the profile. @throws DomainError `request.no_extension` */
  async extension(): Promise<NonNullable<KeptClock['extension']>> {
    const { value, article } = (await this.rulebooks.current()).rulebook.profile.rules.extension;
    if (value === null) throw refusal('request.no_extension');
    return { within: value, article };
  }
}
