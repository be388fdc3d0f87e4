export { IdentityModule } from './identity.module.js';
export { Operators, type NewOperator } from './operators/operators.service.js';
export { permissions, permissionsOf, permissionsOfRole, roles, type Permission, type Role } from './operators/roles.js';
