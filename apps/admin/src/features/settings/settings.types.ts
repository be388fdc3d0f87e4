import type { Schemas } from '@abide/client';

export type Role = Schemas['RoleResponse'];
export type ServiceClient = Schemas['ClientResponse'];
export type ServiceClientSecret = Schemas['ShownSecretResponse'];
