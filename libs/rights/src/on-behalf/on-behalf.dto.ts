import { locales, type Locale } from '@abide/kernel';
import { Id, Ids, Instant, ListOf, Nested, OneOf, Text, Texts } from '@abide/platform';
import { AddressBody } from '../public/public-request.dto.js';
import { helpedChannels, requestTypes, type HelpedChannel, type RequestType } from '../request-kinds.js';
import { CorrectionRequest } from '../requests/own-request.dto.js';

class EvidenceBody {
  @Text({ max: 2000, description: 'How it was made sure who asks: kept sealed' }) readonly text: string = '';
  @Ids({ max: 10, optional: true }) readonly attachmentIds?: string[];
}

export class OpenOnBehalf {
  @Id({ optional: true, description: 'Who asks, by their account; or else `identifier`' }) readonly subjectId?: string;
  @Nested(() => AddressBody, {
    optional: true,
    description: 'Who asks without an account, or names none: a code goes there. In place of `subjectId`',
  })
  readonly identifier?: AddressBody;
  @Text({ max: 100, optional: true, description: 'Beside `identifier`: what they call themselves' })
  readonly name?: string;
  @OneOf(locales, { optional: true, description: 'Beside `identifier`: in which language they are written to' })
  readonly locale?: Locale;
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

class CodeOnItsWay {
  @Text({ max: 20, example: 'email' }) readonly channel: string = '';
  @Instant() readonly expiresAt: string = '';
}

export class OpenedOnBehalf {
  @Id({ description: 'Of it, or of the earlier one of its kind that it was joined to' }) readonly id: string = '';
  @Text({
    max: 20,
    example: '261130-7K3M9QA',
    nullable: true,
    description: 'Null where it begins once the person has proven their address',
  })
  readonly number: string | null = null;
  @Nested(() => CodeOnItsWay, {
    nullable: true,
    description: 'To `identifier`; the same whether or not anybody here has the address',
  })
  readonly verification: CodeOnItsWay | null = null;
}
