import { OneOf, Text } from '@abide/platform';
import { identifierTypes, type IdentifierType } from '@abide/vault';

export class IdentifierBody {
  @OneOf(identifierTypes) readonly type: IdentifierType = 'email';
  @Text({ asTyped: true, max: 254, example: 'lin.xiaohe@example.com' }) readonly value: string = '';
}
