import { Ids, Nested, OneOf, Text } from '@abide/platform';
import { handOutcomes, type HandOutcome } from '../request-kinds.js';

class ManualEvidence {
  @Text({ max: 2000, description: 'What was done, where, and what shows it: kept sealed' }) readonly text: string = '';
  @Ids({ max: 10, optional: true }) readonly attachmentIds?: string[];
}

export class CompleteManualTask {
  @OneOf(handOutcomes, {
    description: 'nothing: there was nothing to do; withdrawn: the holder is gone, and what it kept cannot be reached',
  })
  readonly outcome: HandOutcome = 'done';
  @Ids({ max: 10, optional: true, description: 'Copies of what is held there: the person finds them in the package' })
  readonly copyIds?: string[];
  @Nested(() => ManualEvidence) readonly evidence: ManualEvidence = new ManualEvidence();
}
