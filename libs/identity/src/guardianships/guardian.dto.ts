import { Nested, Text } from '@abide/platform';
import { IdentifierBody } from '../subjects/identifier.dto.js';
import type { Guardian } from './guardian.rules.js';

export class GuardianBody implements Guardian {
  @Text({ max: 200, optional: true }) readonly name?: string;
  @Nested(() => IdentifierBody, { description: 'Where the guardian gets a code' }) readonly identifier: IdentifierBody =
    new IdentifierBody();
}
