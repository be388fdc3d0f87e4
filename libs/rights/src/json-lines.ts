import { StringDecoder } from 'node:string_decoder';

/** The lines of JSON in UTF-8 content, each ended by a line feed: as many at a time as came at once. Nothing else breaks a line, as a line separator within a text would for `readline`. */
export async function* linesIn(content: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const bytes of content) {
    const lines = `${rest}${decoder.write(bytes as Buffer)}`.split('\n');
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield lines;
  }
}
