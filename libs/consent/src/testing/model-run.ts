import { setTimeout } from 'node:timers/promises';
import { bornToTurn, type ModelInstallation } from './model-installation.js';
import { ModelPerson, type ModelWish, type PersonKind } from './model-person.js';
import { questionsAbout, type AskedQuestion, type Step } from './model-steps.js';
import type { NaiveAnswer, NaiveQuestion } from './naive-facts.js';
import { naiveAnswers } from './naive-gate.js';

/** A question that the product and the reference answer differently. */
interface Difference {
  readonly question: object;
  readonly product: object;
  readonly reference: readonly object[];
}

const unguardedMilliseconds = 6 * 86_400_000;
const oldest = (instants: readonly number[], pause: number) => instants[Math.max(0, instants.length - 1 - pause)] ?? 0;

/** One run: persons in a installation, what happens to them, and what is asked about them after each step. */
export class ModelRun {
  /** Instants between the steps, at which nothing happened. */
  private readonly pauses: number[] = [];
  private readonly said: { readonly who: number; readonly wish: ModelWish }[] = [];

  private constructor(
    private readonly installation: ModelInstallation,
    private readonly people: readonly ModelPerson[],
  ) {}

  static async begin(
    installation: ModelInstallation,
    born: { grown: string | null; child: string },
  ): Promise<ModelRun> {
    await installation.descend();
    const cast: readonly [PersonKind, string | null][] = [
      ['grown', born.grown],
      ['child', born.child],
      ['unguarded', bornToTurn(9, 100, installation.now())],
    ];
    const people: ModelPerson[] = [];
    for (const [kind, birthDate] of cast) people.push(await ModelPerson.register(installation, kind, birthDate));
    const run = new ModelRun(installation, people);
    await run.pause();
    return run;
  }

  /** Lets one thing happen and asks; what the answers differ in. */
  async perform({ happening, questions, hasSignal }: Step): Promise<Difference[]> {
    const said = this.wishOf(happening);
    await this.happen(said ?? happening);
    await this.pause();
    const asked = [...questions, ...(said ? questionsAbout(said.wish, said.who) : [])].flatMap((question) =>
      this.placed(question, hasSignal),
    );
    if (asked.length === 0) return [];
    const answers = await this.installation.ask(
      asked.map(({ person, question, isPresent }) => toBody(person, question, isPresent)),
      hasSignal,
    );
    const now = this.installation.now();
    return asked.flatMap(({ person, question, isPresent }, index) => {
      const reference = naiveAnswers(
        this.installation.reference,
        person.remembered,
        isPresent ? { ...question, at: now, occurredAt: question.occurredAt } : question,
      );
      const product = answers[index] ?? {};
      return reference.some((answer) => isSame(answer, product)) && hasSamePurposes(reference, product, question)
        ? []
        : [{ question: { who: person.kind, ...question }, product, reference: reference.map(toCitation) }];
    });
  }

  /** What is said again is what the same person said a little before. */
  private wishOf(happening: Step['happening']): Extract<Step['happening'], { does: 'say' }> | null {
    if (happening.does === 'say') {
      this.said.push({ who: happening.who, wish: happening.wish });
      return happening;
    }
    if (happening.does !== 'sayAgain') return null;
    const { who, back, isGrant, isWider, late } = happening;
    const before = this.said.filter((one) => one.who === who).at(-1 - back);
    return before
      ? {
          does: 'say',
          who,
          wish: { ...before.wish, isGrant, ...(isWider ? { categories: null, service: null } : {}) },
          late,
          isNamed: false,
        }
      : null;
  }

  private async happen(happening: Step['happening']): Promise<void> {
    if (happening.does === 'pass') return this.installation.advance(happening.days);
    if (happening.does === 'climb')
      return this.installation.canClimb ? this.installation.climb(() => this.pause()) : undefined;
    const person = this.people[happening.who];
    if (!person || happening.does === 'sayAgain') return;
    switch (happening.does) {
      case 'say':
        return person.say(happening.wish, {
          occurredAt: happening.late === null ? null : oldest(this.pauses, happening.late),
          isNamed: happening.isNamed,
        });
      case 'turnPositioning':
      case 'setPrivacyControl':
      case 'restrict':
        return person[happening.does](happening.isOn);
      case 'letGuardian':
        return person.letGuardian(happening.isOn, happening.which);
      case 'signal':
      case 'accept':
      case 'use':
      case 'proveAge':
        return person[happening.does]();
    }
  }

  /** The clock runs on by a little on either side, so that nothing shares the instant. */
  private async pause(): Promise<void> {
    await setTimeout(3);
    this.pauses.push(this.installation.now());
    await setTimeout(3);
  }

  /** The question with its instants; none about a child who was forgotten because no guardian came. */
  private placed(
    { who, taken, at, ...rest }: AskedQuestion,
    hasSignal: boolean,
  ): { person: ModelPerson; question: NaiveQuestion; isPresent: boolean }[] {
    const person = this.people[who];
    const now = this.pauses.at(-1) ?? 0;
    if (!person || (person.kind === 'unguarded' && now - (this.pauses[0] ?? 0) > unguardedMilliseconds)) return [];
    const instant = at === null ? now : oldest(this.pauses, at);
    const occurredAt = taken === null ? null : Math.min(instant, oldest(this.pauses, taken));
    return [{ person, question: { ...rest, occurredAt, at: instant, hasSignal }, isPresent: at === null }];
  }
}

function toBody(
  person: ModelPerson,
  { action, purpose, category, service, across, recipient, region, occurredAt, at }: NaiveQuestion,
  isPresent: boolean,
): object {
  return {
    subjectId: person.id,
    action,
    categories: [category],
    ...(purpose ? { purpose } : {}),
    ...(service ? { service } : {}),
    ...(across ? { fromService: across.from, form: across.form, groupSize: across.groupSize } : {}),
    ...(recipient ? { recipientId: recipient } : {}),
    ...(region ? { region } : {}),
    ...(occurredAt === null ? {} : { occurredAt: new Date(occurredAt).toISOString() }),
    ...(isPresent ? {} : { at: new Date(at).toISOString() }),
  };
}

function toCitation({ allowed, code, atom, consentEventId }: NaiveAnswer) {
  return {
    allowed,
    code,
    policy: atom?.policy ?? null,
    revision: atom?.revision ?? null,
    clauseId: atom?.clauseId ?? null,
    basis: atom?.basis ?? null,
    consentEventId,
  };
}

function isSame(answer: NaiveAnswer, product: Record<string, unknown>): boolean {
  return Object.entries(toCitation(answer)).every(([key, value]) => product[key] === value);
}

/** A collection that states no purpose carries exactly those that allow it. */
function hasSamePurposes(
  reference: readonly NaiveAnswer[],
  product: Record<string, any>,
  { action }: NaiveQuestion,
): boolean {
  if (action !== 'collect' || product['allowed'] !== true) return true;
  const purposes = product['purposes'].map(({ purpose }: { purpose: string }) => purpose).sort();
  return JSON.stringify(purposes) === JSON.stringify([...new Set(reference.map(({ atom }) => atom?.purpose))].sort());
}
