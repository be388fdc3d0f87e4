import { furtherPermissions, permissions, permissionsOf, roles, scopes, scopesToCome } from '@abide/identity';
import type { DeclaredRoute } from '@abide/platform';

/**
 * Part of the boot: what routes ask for and what may be given are the same. `held`: what all roles together may do.
 * @throws Error naming each permission or scope that no route asks for, or that a route asks for and nobody can have.
 */
export function requireReachableRoutes(
  routes: readonly DeclaredRoute[],
  held: readonly string[] = permissionsOf(roles),
): void {
  const asked = new Set(routes.flatMap(({ access }) => (access.for === 'operator' ? (access.permission ?? []) : [])));
  const askedScopes = new Set(routes.flatMap(({ access }) => (access.for === 'client' ? access.scope : [])));
  const faults = [
    ...differences('permission', asked, { known: permissions, unasked: furtherPermissions }),
    ...differences('scope', askedScopes, { known: scopes, unasked: scopesToCome }),
    ...permissions.filter((permission) => !held.includes(permission)).map((one) => `no role has the permission ${one}`),
  ];
  if (faults.length > 0) throw new Error(`Access that nobody can have or use stops the boot: ${faults.join('; ')}`);
}

function differences(
  kind: 'permission' | 'scope',
  asked: ReadonlySet<string>,
  { known, unasked }: { readonly known: readonly string[]; readonly unasked: readonly string[] },
): string[] {
  return [
    ...[...asked].filter((one) => !known.includes(one)).map((one) => `a route asks for the unknown ${kind} ${one}`),
    ...known
      .filter((one) => !asked.has(one) && !unasked.includes(one))
      .map((one) => `no route asks for the ${kind} ${one}`),
    ...unasked.filter((one) => asked.has(one)).map((one) => `a route asks for the ${kind} ${one}, listed as unasked`),
  ];
}
