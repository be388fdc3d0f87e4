import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { CitedRevisions, EffectiveRulebook, type CitedRevision, type RulebookInForce } from '@abide/policy';
import type { Choice } from '@abide/rulebook';
import { refusal } from '../consent.errors.js';
import { scopeHash, scopeOfFact, type ConsentScope } from '../events/scope.rules.js';
import { SubjectFactsLoader, type KnownSubject } from '../gate/facts/subject-facts.loader.js';
import { textsOf } from '../receipts/receipt-texts.js';
import { asksFor, choicesFor, occurredAtOf, scopeOf, type ConsentWish } from './consent-wish.rules.js';

/** What a consent rests on when it is recorded. */
export interface Basis {
  readonly inForce: RulebookInForce;
  /** What was in force when the subject said so. */
  readonly then: RulebookInForce;
  /** Epoch milliseconds: when it is recorded, and when the subject says that they said so; null for now. */
  readonly now: number;
  readonly datedAt: number | null;
  readonly known: KnownSubject;
  readonly scope: ConsentScope;
  readonly hash: Buffer;
  readonly choices: readonly Choice[];
  readonly notice: { readonly revision: CitedRevision; readonly clauseId: string | null } | null;
  /** The texts of the choices, by policy. */
  readonly texts: Awaited<ReturnType<typeof textsOf>>;
}

/** How many grants and withdrawals one subject may have standing before no further scope is told apart. */
const mostSaid = 1000;

/** Gathers what a consent rests on: who the subject is, what they name, and the texts that ask for it. */
@Injectable()
export class ConsentBasis {
  constructor(
    private readonly clock: Clock,
    private readonly rulebooks: EffectiveRulebook,
    private readonly cited: CitedRevisions,
    private readonly subjectFacts: SubjectFactsLoader,
  ) {}

  /** @throws DomainError `consent.*`, `subject.unknown` */
  async of(subjectId: string, wish: ConsentWish): Promise<Basis> {
    const inForce = await this.rulebooks.current();
    const known = await this.knownStill(subjectId);
    const scope = bounded(scopeOf(wish, inForce, known.facts.consents ?? []), known, wish.state);
    const now = Math.max(this.clock.now().getTime(), known.latestAt + 1);
    const datedAt = occurredAtOf(wish, { now, registeredAt: known.registeredAt });
    const then = datedAt === null || datedAt >= now ? inForce : await this.rulebooks.asOf(new Date(datedAt));
    const asked = choicesFor(then.rulebook, scope);
    const notice = await this.noticeOf(wish, then, asked);
    const choices = notice
      ? asked.filter(
          (choice) =>
            choice.policy !== notice.revision.policy ||
            choice.revision <= notice.revision.number ||
            asksFor(notice.revision.document, choice),
        )
      : asked;
    return {
      inForce,
      then,
      now,
      datedAt,
      known,
      scope,
      hash: scopeHash(scope),
      choices,
      notice,
      texts: await textsOf(this.cited, choices, { inForce: then, shown: notice?.revision ?? null }),
    };
  }

  async knownStill(subjectId: string): Promise<KnownSubject> {
    const known = await this.subjectFacts.of(subjectId);
    if (!known) throw refusal('subject.unknown', { detail: 'There is no such subject. Nothing was recorded.' });
    return known;
  }

  /** The text that the subject saw: the one they name, else the one in force when they said so, with the clause that asks for this consent. */
  private async noticeOf(
    wish: ConsentWish,
    { revisionIds }: RulebookInForce,
    choices: readonly Choice[],
  ): Promise<Basis['notice']> {
    const [asking] = choices;
    const inForceId = asking && revisionIds.get(asking.policy);
    const id = wish.revisionId ?? inForceId;
    if (id === undefined) return null;
    const revision = id === inForceId ? await this.cited.text(id) : await this.cited.find(id);
    if (!revision) throw unknownText('consent.unknown_revision', '/revisionId');
    const clauseId =
      wish.clauseId ?? revision.document.clauses.find((clause) => clause.id === asking?.clauseId)?.id ?? null;
    if (clauseId !== null && !revision.document.clauses.some((clause) => clause.id === clauseId))
      throw unknownText('consent.unknown_clause', '/clauseId');
    return { revision, clauseId };
  }
}

/**
 * Whoever has said so many things apart that reading them would hold up others says no more of them: a grant is refused, and a
 * no, which is refused to nobody, becomes one to the whole purpose.
 */
function bounded(
  scope: ConsentScope,
  { facts: { consents } }: KnownSubject,
  state: ConsentWish['state'],
): ConsentScope {
  const said = consents ?? [];
  if (said.length < mostSaid) return scope;
  const whole = { purpose: scope.purpose, categories: null, service: null, recipient: null, region: null };
  const hash = scopeHash(scope);
  if (hash.equals(scopeHash(whole)) || said.some((one) => scopeHash(scopeOfFact(one)).equals(hash))) return scope;
  if (state === 'withdrawn') return whole;
  throw refusal('consent.too_many', {
    detail:
      'So many things were named apart already that no more can be. Consent to the whole purpose instead. Nothing was recorded.',
  });
}

function unknownText(code: 'consent.unknown_revision' | 'consent.unknown_clause', pointer: string) {
  const message = 'No published text has it.';
  return refusal(code, {
    detail: 'The text that the consent cites is not published. Nothing was recorded.',
    errors: [{ pointer, code, message }],
  });
}
