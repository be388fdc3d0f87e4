import { HolderFailure } from './holder-failure.js';

/** What an export may have in all, in a line and in lines: a holder that goes on for ever is stopped. */
export const maxExportBytes = 256 * 1024 * 1024;
const maxLineCharacters = 16 * 1024 * 1024;
export const maxExportLines = 1_000_000;
const lastBegins = '{"end":';

export interface ExportLine {
  readonly text: string;
  /** The line that says that nothing more comes. */
  readonly isLast: boolean;
}

/** The lines of an export as they come, up to the last one. @throws HolderFailure `answerTooLarge`, `badAnswer` */
export async function* exportLines(content: AsyncIterable<Buffer>): AsyncGenerator<ExportLine> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest: string[] = [];
  let held = 0;
  let lines = 0;
  for await (const chunk of content) {
    const [first = '', ...more] = decoded(decoder, chunk).split('\n');
    rest.push(first);
    held += first.length;
    if (held > maxLineCharacters) throw new HolderFailure('answerTooLarge');
    for (const begun of more) {
      const text = rest.join('');
      lines += 1;
      if (lines > maxExportLines) throw new HolderFailure('answerTooLarge');
      yield { text, isLast: text.startsWith(lastBegins) };
      rest = [begun];
      held = begun.length;
    }
  }
}

function decoded(decoder: InstanceType<typeof TextDecoder>, chunk: Buffer): string {
  try {
    return decoder.decode(chunk, { stream: true });
  } catch {
    throw new HolderFailure('badAnswer');
  }
}
