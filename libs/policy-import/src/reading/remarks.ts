import { remarkCodes, type Remark, type RemarkCode } from '../document.js';

/** Counts what is left out while a document is read. */
export class Remarks {
  private readonly counts = new Map<RemarkCode, number>();

  add(code: RemarkCode, count = 1): void {
    if (count > 0) this.counts.set(code, (this.counts.get(code) ?? 0) + count);
  }

  /** In the order of the codes. */
  list(): Remark[] {
    return remarkCodes.flatMap((code) => {
      const count = this.counts.get(code);
      return count === undefined ? [] : [{ code, count }];
    });
  }
}
