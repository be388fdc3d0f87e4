import { parentPort } from 'node:worker_threads';
import { calculations, type CalculationName } from './calculations.js';

/** What is sent to the calculating thread. */
export interface Asked {
  readonly name: CalculationName;
  readonly given: readonly unknown[];
}

/** What it sends back: the result, or the message of what was thrown and whether there was too much of something. */
export type Answered = { readonly result: unknown } | { readonly thrown: string; readonly isTooMuch: boolean };

parentPort?.on('message', ({ name, given }: Asked) => parentPort?.postMessage(answer(name, given)));

function answer(name: CalculationName, given: readonly unknown[]): Answered {
  try {
    return { result: (calculations[name] as (...given: readonly unknown[]) => unknown)(...given) };
  } catch (error) {
    return { thrown: error instanceof Error ? error.message : String(error), isTooMuch: error instanceof RangeError };
  }
}
