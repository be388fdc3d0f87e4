import { Injectable } from '@nestjs/common';
import { CalculatingThread, type Lane } from '@abide/platform';
import { refusal } from '../policy.errors.js';
import type { CalculationName, Calculations } from './calculations.js';

/** The tests run from the sources, the product from what is built. */
const entry = new URL(
  import.meta.url.endsWith('.ts') ? './from-source.mjs' : './calculations.worker.js',
  import.meta.url,
);
const remembersFailureMilliseconds = 5 * 60_000;
const mostKept = 80;

/** The thread of this module: whoever asks for the same meanwhile waits for the one answer, and the newest answers are kept. */
@Injectable()
export class Calculator extends CalculatingThread<Calculations> {
  protected override readonly entry = entry;
  private readonly kept = new Map<string, Promise<unknown>>();

  /**
   * The answer kept under `key`, which must hold everything it depends on; else as calculated now.
   * @throws DomainError `policy.too_extensive` when it takes more time or memory than one thing may, `policy.calculating` when too many wait
   */
  recall<Name extends CalculationName>(
    key: string,
    name: Name,
    given: Parameters<Calculations[Name]>,
    lane: Lane = 'operator',
  ): Promise<ReturnType<Calculations[Name]>> {
    const known = this.kept.get(key) ?? this.keep(key, this.calculate(name, given, lane));
    return known as Promise<ReturnType<Calculations[Name]>>;
  }

  protected override tooExtensive(): Error {
    return refusal('policy.too_extensive', {
      detail:
        'This text is too extensive to be checked or compared. Nothing was changed; shorten it or say the same in fewer terms.',
    });
  }

  protected override tooManyWaiting(): Error {
    return refusal('policy.calculating', {
      detail: 'Too much is being compared and checked at this moment. Nothing was changed; try again shortly.',
    });
  }

  /** What was too extensive once is so for a while; any other failure is forgotten at once. */
  private keep(key: string, answer: Promise<unknown>): Promise<unknown> {
    const oldest = this.kept.size >= mostKept ? this.kept.keys().next().value : undefined;
    if (oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(key, answer);
    const forget = () => {
      if (this.kept.get(key) === answer) this.kept.delete(key);
    };
    answer.catch((error: unknown) =>
      isTooExtensive(error) ? setTimeout(forget, remembersFailureMilliseconds).unref() : forget(),
    );
    return answer;
  }
}

function isTooExtensive(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'policy.too_extensive';
}
