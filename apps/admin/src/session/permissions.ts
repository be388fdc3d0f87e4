import type { Permission } from '../api/types.js';
import { useOperator } from './session.queries.js';

/** Whether to offer what needs `permission`; the server decides again on every call. */
export function usePermission(permission: Permission): boolean {
  return useOperator().permissions.includes(permission);
}
