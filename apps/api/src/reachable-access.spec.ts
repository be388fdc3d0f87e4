import { furtherPermissions, permissions, scopes, scopesToCome } from '@abide/identity';
import type { Access, DeclaredRoute } from '@abide/platform';
import { requireReachableRoutes } from './reachable-access.js';

const aRoute = (access: Access): DeclaredRoute => ({ controller: 'Any', handler: 'any', method: 'GET', access });
const forOperator = (permission: string | null) => aRoute({ for: 'operator', permission, needsStepUp: false });
const forClient = (scope: string) => aRoute({ for: 'client', scope, orSubject: false });

const everyRoute = [
  aRoute({ for: 'public' }),
  forOperator(null),
  ...permissions.filter((permission) => !furtherPermissions.includes(permission)).map(forOperator),
  ...scopes.filter((scope) => !scopesToCome.includes(scope)).map(forClient),
];

describe('the boot', () => {
  it('takes routes that ask for every permission and scope that can be given', () => {
    expect(() => requireReachableRoutes(everyRoute)).not.toThrow();
  });

  it.each([
    ['a route asks for the unknown permission policy.burn', forOperator('policy.burn')],
    ['a route asks for the unknown scope policies:burn', forClient('policies:burn')],
    ['a route asks for the permission subject.revealMinor, listed as unasked', forOperator('subject.revealMinor')],
    ['a route asks for the scope disclosures:write, listed as unasked', forClient('disclosures:write')],
  ])('stops where %s', (sentence, route) => {
    expect(() => requireReachableRoutes([...everyRoute, route])).toThrow(sentence);
  });

  it('stops at what no role has', () => {
    const held = permissions.filter((permission) => permission !== 'audit.read');
    expect(() => requireReachableRoutes(everyRoute, held)).toThrow('no role has the permission audit.read');
  });

  it('stops at what no route asks for', () => {
    const asks = (wanted: string) => (route: DeclaredRoute) => JSON.stringify(route.access).includes(`"${wanted}"`);
    for (const [kind, wanted] of [
      ['permission', 'policy.approve'],
      ['scope', 'policies:write'],
    ] as const)
      expect(() => requireReachableRoutes(everyRoute.filter((route) => !asks(wanted)(route)))).toThrow(
        `no route asks for the ${kind} ${wanted}`,
      );
  });
});
