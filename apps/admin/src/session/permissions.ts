import { useOperator } from './session.queries.js';

/** Whether to offer what needs `permission`; the server decides again on every call. */
export function usePermission(permission: string): boolean {
  return useOperator().permissions.includes(permission);
}
