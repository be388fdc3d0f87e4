import type { Persistence } from '@abide/platform';
import { Operators1764000300000 } from './migrations/1764000300000-operators.js';
import { Clients1764000301000 } from './migrations/1764000301000-clients.js';
import { OperatorSession } from './operators/operator-session.entity.js';
import { Operator } from './operators/operator.entity.js';

export const identityPersistence: Persistence = {
  entities: [Operator, OperatorSession],
  migrations: [Operators1764000300000, Clients1764000301000],
};
