import { Injectable } from '@nestjs/common';
import { compareHolders, type ExpectedHolder, type HolderDifferences } from './expected-holders.rules.js';
import { holderPhases, type Holder } from './holder.js';

/** The registry that holders join while modules initialise. */
@Injectable()
export class HolderRegistry {
  private readonly byName = new Map<string, Holder>();

  /** @throws Error when the name is taken. */
  register(holder: Holder): void {
    if (this.byName.has(holder.name)) throw new Error(`A holder named ${holder.name} is registered already`);
    this.byName.set(holder.name, holder);
  }

  /** In the order of their phases, and within one in the order of registration. */
  all(): readonly Holder[] {
    return [...this.byName.values()].sort((one, other) => rankOf(one) - rankOf(other));
  }

  /** @throws Error when nobody by that name is registered. */
  named(name: string): Holder {
    const holder = this.byName.get(name);
    if (!holder) throw new Error(`No holder named ${name} is registered`);
    return holder;
  }

  /** Who has to answer, to be kept with what begins now. */
  expected(): readonly ExpectedHolder[] {
    return this.all().map(({ name, phase, tables }) => ({ name, phase, tables }));
  }

  /** What became of those who were expected, by the names of those who have answered. */
  compare(expected: readonly ExpectedHolder[], answered: ReadonlySet<string>): HolderDifferences {
    return compareHolders(expected, this.expected(), answered);
  }
}

function rankOf({ phase }: Holder): number {
  return holderPhases.indexOf(phase);
}
