import { Injectable } from '@nestjs/common';
import { birthdayAfter, type Question, type SubjectFacts } from '@abide/rulebook';
import { EffectiveRulebook, type RulebookInForce } from '@abide/policy';
import { PastRulebooks } from './past-rulebooks.js';
import { SubjectFactsLoader, type KnownSubject } from './facts/subject-facts.loader.js';

/** What was in force and stood when a datum came about. */
export interface EarlierGrounds {
  readonly inForce: RulebookInForce;
  readonly facts: SubjectFacts | null;
  readonly question: Question;
}

/** A question about a subject, with what it was decided on. */
export interface AskedAfterwards {
  readonly subjectId: string;
  readonly known: KnownSubject;
  readonly inForce: RulebookInForce;
  readonly question: Question;
  /** Of a question about a past instant: only what was recorded by then. */
  readonly knownBy: Date | null;
}

/**
 * What stood when a datum came about, for collections, which ask twice: nothing is collected that was not allowed when it happened. Where nothing has
 * changed since, which is nearly always, that is one comparison of instants.
 */
@Injectable()
export class EarlierGroundsReader {
  constructor(
    private readonly rulebooks: EffectiveRulebook,
    private readonly past: PastRulebooks,
    private readonly subjectFacts: SubjectFactsLoader,
  ) {}

  /** Of each question, in their order. */
  async of(asked: readonly AskedAfterwards[]): Promise<EarlierGrounds[]> {
    const facts = await this.subjectFacts.stoodAt(
      asked.map(({ question, ...about }) => ({ ...about, at: cameAboutAt(question) })),
    );
    const earlier: EarlierGrounds[] = [];
    for (const [index, { question, inForce, knownBy }] of asked.entries()) {
      const at = cameAboutAt(question);
      const then = knownBy === null ? await this.past.at(at, inForce) : await this.rulebooks.asOf(new Date(at));
      earlier.push({ inForce: then, facts: facts[index] ?? null, question: { ...question, at, occurredAt: at } });
    }
    return earlier;
  }
}

/** When the datum came about that the question is of, no later than the answer is for. */
export function cameAboutAt({ occurredAt, at }: Question): number {
  return Math.min(occurredAt ?? at, at);
}

/** Since when all has stood that is known of a subject: whoever was a child lately was one until a birthday. Guardians of children are asked about each time. */
export function knownUnchangedSince(
  { rulebook }: RulebookInForce,
  { unchangedSince, facts: { birthDate = null } }: KnownSubject,
): number {
  if (birthDate === null) return unchangedSince;
  return Math.max(
    unchangedSince,
    birthdayAfter(
      birthDate,
      Math.max(rulebook.guardianConsentUnder, rulebook.notAllowedUnder),
      rulebook.profile.utcOffsetHours,
    ),
  );
}
