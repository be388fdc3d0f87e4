import type { HolderAnswer } from '@abide/platform';
import type { ChangingOperation, Description, ExportedRecord, HolderIdentity } from './holder-answers.js';
import type { HolderQuestion } from './holder-client.js';

/** How one holder outside is asked, whatever it is; each throws `HolderFailure` where no answer counts. */
export interface HolderConnection {
  identify(): Promise<HolderIdentity>;
  describe(question: HolderQuestion, timeoutMilliseconds?: number): Promise<Description>;
  /** Null where the answer comes by callback. */
  act(operation: ChangingOperation, question: HolderQuestion): Promise<HolderAnswer | null>;
  /** Nothing of it is proven before its end. Null where a person has to look. */
  export(question: HolderQuestion): AsyncIterable<ExportedRecord> | null;
}
