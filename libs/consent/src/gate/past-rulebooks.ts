import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { EffectiveRulebook, type RulebookInForce } from '@abide/policy';

/** The instants of the last days at which what was in force or registered changed, while the rulebook in force stays the same. */
interface Turns {
  readonly key: string;
  readonly hour: number;
  readonly from: number;
  /** Epoch milliseconds, the oldest first; null where they are too many to name. */
  readonly instants: readonly number[] | null;
  /** The rulebooks that began at one of them, or stood at `from`. */
  readonly begun: Map<number, RulebookInForce>;
}

const hourMilliseconds = 3_600_000;
const lookBackMilliseconds = 8 * 24 * hourMilliseconds;

/** The rulebooks of the last days by the range of instants in which each was in force: asking again what stood at one of them costs no statement. */
@Injectable()
export class PastRulebooks {
  private kept: Turns | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly rulebooks: EffectiveRulebook,
  ) {}

  /** Since when (epoch milliseconds) the rulebook in force, and what is registered, have been as they are. */
  async unchangedSince(inForce: RulebookInForce): Promise<number> {
    const { from, instants } = await this.turns(inForce);
    return instants === null ? Infinity : (instants.at(-1) ?? from);
  }

  /** What was in force and registered at an instant (epoch milliseconds), where `inForce` is now. */
  async at(instant: number, inForce: RulebookInForce): Promise<RulebookInForce> {
    const { from, instants, begun } = await this.turns(inForce);
    if (instants === null || instant < from) return this.rulebooks.asOf(new Date(instant));
    const turn = instants.findLast((one) => one <= instant) ?? from;
    if (turn === (instants.at(-1) ?? from)) return inForce;
    const known = begun.get(turn);
    if (known) return known;
    const found = await this.rulebooks.asOf(new Date(Math.ceil(turn)));
    begun.set(turn, found);
    return found;
  }

  private async turns({ key }: RulebookInForce): Promise<Turns> {
    const now = this.clock.now().getTime();
    const hour = Math.floor(now / hourMilliseconds);
    if (this.kept?.key === key && this.kept.hour === hour) return this.kept;
    const from = now - lookBackMilliseconds;
    this.kept = { key, hour, from, instants: await this.rulebooks.turnsSince(new Date(from)), begun: new Map() };
    return this.kept;
  }
}
