/** An answer of the API that is no success: `code` is stable and for machines, the message is for people. */
export class AbideProblem extends Error {
  override name = 'AbideProblem';

  constructor(
    readonly status: number,
    readonly code: string,
    /** The whole problem document (RFC 9457), or whatever came in its place. */
    readonly document: unknown,
  ) {
    super(textOf(document, 'detail') ?? textOf(document, 'title') ?? `The API answered ${status}.`);
  }

  static from(document: unknown, { status }: Response): AbideProblem {
    return new AbideProblem(status, textOf(document, 'code') ?? '', document);
  }

  /** A text of the problem document, or null. */
  text(member: string): string | null {
    return textOf(this.document, member) ?? null;
  }
}

function textOf(document: unknown, member: string): string | undefined {
  if (typeof document !== 'object' || document === null) return undefined;
  const value = (document as Record<string, unknown>)[member];
  return typeof value === 'string' ? value : undefined;
}
