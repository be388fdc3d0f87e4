import { Nested, Text } from '@abide/platform';
import { MakeRequest } from '../requests/own-request.dto.js';

class SecondProof {
  @Text({ asTyped: true, max: 256, description: 'Of my own account' }) readonly password: string = '';
}

export class MakeEnterpriseRequest extends MakeRequest {
  @Nested(() => SecondProof, {
    optional: true,
    description: 'To delete data or close the account: my password, unless evidence is attached',
  })
  readonly secondProof?: SecondProof;
}
