export { IdentityModule } from './identity.module.js';
export { scopes, type Scope } from './clients/scopes.js';
export { ServiceClients, type NewClient } from './clients/service-clients.service.js';
export { Operators, type NewOperator } from './operators/operators.service.js';
export { permissions, permissionsOf, permissionsOfRole, roles, type Permission, type Role } from './operators/roles.js';
