import { Id, Ids, Instant, Nested, OneOf, OneTimeCode, Text } from '@abide/platform';
import { identifierTypes, type IdentifierType } from '@abide/vault';
import { publicRequestTypes, type PublicRequestType } from '../request-kinds.js';

export class AddressBody {
  @OneOf(identifierTypes) readonly type: IdentifierType = 'email';
  @Text({ asTyped: true, max: 254, example: 'lin.xiaohe@example.com' }) readonly value: string = '';
}

export class MakePublicRequest {
  @OneOf(publicRequestTypes, { example: 'access' }) readonly type: PublicRequestType = 'access';
  @Nested(() => AddressBody, { description: 'My own; a code goes there' }) readonly identifier: AddressBody =
    new AddressBody();
  @Text({ max: 100, optional: true }) readonly name?: string;
  @Text({ max: 200, optional: true, description: 'To somebody who died, where it is about their data' })
  readonly relation?: string;
  @Ids({ max: 10, optional: true }) readonly attachmentIds?: string[];
  @Text({ max: 5000, optional: true, description: 'In my own words' }) readonly text?: string;
}

export class ProvePublicRequest {
  @OneTimeCode() readonly code: string = '';
}

class PublicVerification {
  @Text({ max: 20, example: 'email' }) readonly channel: string = '';
  @Instant() readonly expiresAt: string = '';
}

export class PublicRequestAccepted {
  @Id() readonly id: string = '';
  @Nested(() => PublicVerification, { description: 'The same whether or not anybody here has the address' })
  readonly verification: PublicVerification = new PublicVerification();
}

export class PublicRequestToken {
  @Text({ max: 60, description: 'Bearer for this request alone, for a day' }) readonly token: string = '';
}
