import { Injectable } from '@nestjs/common';
import { Objections, type Objection } from '@abide/identity';
import { Clock, type Localized } from '@abide/kernel';
import { EffectiveRulebook } from '@abide/policy';
import { choicesOf, type Choice, type Rulebook } from '@abide/rulebook';
import { refusal } from '../consent.errors.js';
import { SubjectFactsLoader } from '../gate/facts/subject-facts.loader.js';
import { preferenceOf, type Preference } from '../prompts/preference.rules.js';
import { Prompts } from '../prompts/prompts.service.js';

/** One purpose that is left to the subject, with what the clauses say of it. */
export interface OwnConsent {
  readonly name: Localized;
  readonly preference: Preference;
  readonly categories: readonly string[];
  readonly clauses: readonly { readonly policy: string; readonly clauseId: string }[];
}

/** An objection that stands; the name is null where the purpose is not registered any more. */
export interface OwnObjection extends Objection {
  readonly name: Localized | null;
}

/** What the clauses in force say of a purpose: the same for everybody. */
type Offer = Omit<OwnConsent, 'preference'> & { readonly purpose: string; readonly choices: readonly Choice[] };

/** A subject's preferences: every purpose that a clause in force leaves to them. */
@Injectable()
export class OwnConsentsQueries {
  private readonly offers = new WeakMap<Rulebook, readonly Offer[]>();

  constructor(
    private readonly clock: Clock,
    private readonly rulebooks: EffectiveRulebook,
    private readonly subjectFacts: SubjectFactsLoader,
    private readonly prompts: Prompts,
    private readonly objections: Objections,
  ) {}

  /** In the order of the purpose registry; `asGuardian`: whoever reads it decides for a child. @throws DomainError `subject.unknown` */
  async of(subjectId: string, { asGuardian = false }: { asGuardian?: boolean } = {}): Promise<OwnConsent[]> {
    const [{ rulebook, registry }, known, shown] = await Promise.all([
      this.rulebooks.current(),
      this.subjectFacts.of(subjectId),
      this.prompts.shownTo(subjectId),
    ]);
    if (!known) throw refusal('subject.unknown');
    const at = Math.max(this.clock.now().getTime(), known.latestAt);
    return this.offersOf(rulebook, registry.catalogue.purposes).map(({ purpose, choices, ...said }) => ({
      ...said,
      preference: preferenceOf({
        rulebook,
        known,
        purpose,
        choices,
        shownAt: shown.get(purpose) ?? null,
        at,
        asGuardian,
      }),
    }));
  }

  /** What the subject objected to and it was upheld, the oldest first. */
  async objectionsOf(subjectId: string): Promise<OwnObjection[]> {
    const standing = await this.objections.of(subjectId);
    if (standing.length === 0) return [];
    const { purposes } = (await this.rulebooks.current()).registry.catalogue;
    const names = new Map(purposes.map(({ code, label }) => [code, label]));
    return standing.map((one) => ({ ...one, name: names.get(one.purpose) ?? null }));
  }

  private offersOf(
    rulebook: Rulebook,
    purposes: readonly { readonly code: string; readonly label: Localized }[],
  ): readonly Offer[] {
    const known = this.offers.get(rulebook);
    if (known) return known;
    const byPurpose = choicesOf(rulebook);
    const offers = purposes.flatMap(({ code, label }) => {
      const choices = byPurpose.get(code);
      return choices
        ? [
            {
              purpose: code,
              name: label,
              choices,
              categories: [...new Set(choices.map((choice) => choice.category))],
              clauses: clausesOf(choices),
            },
          ]
        : [];
    });
    this.offers.set(rulebook, offers);
    return offers;
  }
}

function clausesOf(choices: readonly Choice[]): { policy: string; clauseId: string }[] {
  return [...new Map(choices.map(({ policy, clauseId }) => [`${policy} ${clauseId}`, { policy, clauseId }])).values()];
}
