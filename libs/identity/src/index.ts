export { IdentityModule } from './identity.module.js';
export { scopes, type Scope } from './clients/scopes.js';
export { ServiceClients, type NewClient } from './clients/service-clients.service.js';
export { Operators, type NewOperator } from './operators/operators.service.js';
export { permissions, permissionsOf, permissionsOfRole, roles, type Permission, type Role } from './operators/roles.js';
export { RegistrationSteps, type Registration, type RegistrationStep } from './registrations/registration-steps.js';
export { MinorAges, type MinorAgesSource } from './subjects/minor-ages.js';
export { type AgesOfMinority, type MinorStatus } from './subjects/minor.rules.js';
export { Subjects, type ReachableSubject, type SubjectFacts } from './subjects/subjects.service.js';
