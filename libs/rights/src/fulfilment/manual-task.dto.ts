import { Ids, Nested, OneOf, Text } from '@abide/platform';

const outcomes = ['done', 'nothing'] as const;

class ManualEvidence {
  @Text({ max: 2000, description: 'What was done, where, and what shows it: kept sealed' }) readonly text: string = '';
  @Ids({ max: 10, optional: true }) readonly attachmentIds?: string[];
}

export class CompleteManualTask {
  @OneOf(outcomes, { description: 'nothing: there was nothing to do' }) readonly outcome: (typeof outcomes)[number] =
    'done';
  @Nested(() => ManualEvidence) readonly evidence: ManualEvidence = new ManualEvidence();
}
