import { Id, Ids, ListOf, Nested, OneOf, Text, Texts } from '@abide/platform';
import { helpedChannels, requestTypes, type HelpedChannel, type RequestType } from '../request-kinds.js';
import { CorrectionRequest } from '../requests/own-request.dto.js';

class EvidenceBody {
  @Text({ max: 2000, description: 'How it was made sure who asks: kept sealed' }) readonly text: string = '';
  @Ids({ max: 10, optional: true }) readonly attachmentIds?: string[];
}

export class OpenOnBehalf {
  @Id({ description: 'Who asks' }) readonly subjectId: string = '';
  @OneOf(requestTypes, { example: 'access' }) readonly type: RequestType = 'access';
  @OneOf(helpedChannels) readonly channel: HelpedChannel = 'telephone';
  @Nested(() => EvidenceBody) readonly evidence: EvidenceBody = new EvidenceBody();
  @Text({ max: 500, min: 5, description: 'Why I record it for them; they read it' }) readonly reason: string = '';
  @Texts({ max: 100, maxLength: 80, optional: true, description: 'Left out: everything held' })
  readonly categories?: string[];
  @Text({ max: 5000, optional: true, description: 'In their words' }) readonly text?: string;
  @ListOf(() => CorrectionRequest, { max: 20, optional: true }) readonly corrections?: CorrectionRequest[];
  @Text({ max: 80, optional: true, description: 'Of an objection: to which purpose' }) readonly purpose?: string;
  @Text({ max: 500, optional: true, description: 'Of a transfer: to whom' }) readonly target?: string;
}

export class OpenedOnBehalf {
  @Id({ description: 'Of it, or of the earlier one of its kind that it was joined to' }) readonly id: string = '';
  @Text({ max: 20, example: '261130-7K3M9QA' }) readonly number: string = '';
}
