import { parentPort } from 'node:worker_threads';

/** What a calculating thread can be asked for: pure functions of values that can be sent to it and back. */
export type CalculationsByName = Readonly<Record<string, (...given: never[]) => unknown>>;

/** What is sent to the thread. */
export interface Asked {
  readonly name: string;
  readonly given: readonly unknown[];
}

/** What it sends back: the result, or the message of what was thrown and whether there was too much of something. */
export type Answered = { readonly result: unknown } | { readonly thrown: string; readonly isTooMuch: boolean };

/** Makes the thread that this is called in answer a `CalculatingThread`, one thing after the other. */
export function answerWith(calculations: CalculationsByName): void {
  parentPort?.on('message', async (asked: Asked) => parentPort?.postMessage(await answer(calculations, asked)));
}

async function answer(calculations: CalculationsByName, { name, given }: Asked): Promise<Answered> {
  try {
    return { result: await (calculations[name] as (...given: readonly unknown[]) => unknown)(...given) };
  } catch (error) {
    return { thrown: error instanceof Error ? error.message : String(error), isTooMuch: error instanceof RangeError };
  }
}
