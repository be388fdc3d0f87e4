import { parseArgs } from 'node:util';

/** Where a command writes; both take whole lines. */
export interface CommandIo {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** The exit codes of every command: done, done with a negative answer, not understood. */
export const exitCodes = { ok: 0, negative: 1, unusable: 2 } as const;

/** Arguments that cannot be used: an unknown option, a missing or unreadable file. Exit code 2. */
export class UnusableArguments extends Error {}

type OptionSpec = Readonly<Record<string, { readonly type: 'boolean' | 'string' }>>;

/** Reads options and exactly as many positional arguments as are named; throws `UnusableArguments`. */
export function readArguments(args: readonly string[], given: { positionals: readonly string[]; options: OptionSpec }) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: given.options, allowPositionals: true });
    if (positionals.length !== given.positionals.length) {
      throw new UnusableArguments(`Expected ${given.positionals.map((name) => `<${name}>`).join(' ')}.`);
    }
    return { values, positionals };
  } catch (error) {
    if (error instanceof UnusableArguments) throw error;
    throw new UnusableArguments(error instanceof Error ? error.message : String(error));
  }
}
