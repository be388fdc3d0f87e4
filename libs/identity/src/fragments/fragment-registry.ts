import { Logger } from '@nestjs/common';
import type { OperatorPrincipal } from '@abide/platform';
import type { Permission } from '../operators/roles.js';

/** A part of a page that a module brings. */
export interface Fragment {
  /** By it the page says what is missing. */
  readonly name: string;
  /** An operator without it gets the rest of the page; null where the fragment picks what each may see. */
  readonly permission: Permission | null;
}

/** What the fragments of a page answered, in the order they joined, and the names of those that failed. */
export interface Gathered<Answer> {
  readonly answers: readonly { readonly name: string; readonly answer: Answer }[];
  readonly missing: readonly string[];
}

/** The fragments of one page. */
export abstract class FragmentRegistry<One extends Fragment> {
  private readonly logger = new Logger('Fragments');
  private readonly fragments = new Map<string, One>();

  /** Call it while modules initialise. @throws Error when the name is taken. */
  register(fragment: One): void {
    if (this.fragments.has(fragment.name)) throw new Error(`A fragment named ${fragment.name} is registered already`);
    this.fragments.set(fragment.name, fragment);
  }

  /** Asks every fragment that the operator may see; one that fails, or is not there in five seconds, takes nothing else with it. */
  protected async gather<Answer>(
    { permissions }: OperatorPrincipal,
    ask: (fragment: One) => Promise<Answer>,
  ): Promise<Gathered<Answer>> {
    const seen = [...this.fragments.values()].filter(
      ({ permission }) => permission === null || permissions.has(permission),
    );
    const answers: { name: string; answer: Answer }[] = [];
    const missing: string[] = [];
    const settled = await Promise.allSettled(seen.map((fragment) => inTime(async () => ask(fragment))));
    for (const [index, { name }] of seen.entries()) {
      const outcome = settled[index];
      if (outcome?.status === 'fulfilled') answers.push({ name, answer: outcome.value });
      else missing.push(name);
      if (outcome?.status === 'rejected') this.logger.error(`The fragment ${name} failed`, stackOf(outcome.reason));
    }
    return { answers, missing };
  }
}

const longestMilliseconds = 5_000;

async function inTime<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`It did not answer in ${longestMilliseconds} ms`)),
    longestMilliseconds,
  );
  try {
    return await Promise.race([ask(), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function stackOf(reason: unknown): string {
  return reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
}
