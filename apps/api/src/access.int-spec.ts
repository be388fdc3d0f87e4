import { newId } from '@abide/kernel';
import { Operators, permissionsOfRole, roles, type Role } from '@abide/identity';
import { createTestApp, type TestAnswer, type TestApp } from '@abide/platform/testing';
import { requireDeclaredAccess, type Access } from '@abide/platform';
import { appModules, persistence } from './modules.js';
import { createOpenApi } from './openapi.js';
import { requireReachableRoutes } from './reachable-access.js';

interface Route {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly access: Access;
  /** As the document says. */
  readonly isOpen: boolean;
  /** It takes a form and nothing else. */
  readonly takesForm: boolean;
  readonly refusals: (status: number) => string;
}

interface Session {
  readonly cookie: string;
  readonly 'x-abide-csrf': string;
  readonly origin: string;
  readonly [header: string]: string;
}

const password = 'a long passphrase for the test';

/**
 * The authorisation matrix, made from the OpenAPI document: every route against nobody, every role and the wrong kind
 * of credential. Guards run before bodies are read, so empty bodies and unknown ids do.
 */
describe('who may call what', () => {
  let test: TestApp;
  let routes: Route[];
  const sessions = new Map<Role, Session>();

  beforeAll(async () => {
    test = await createTestApp(appModules, persistence);
    routes = routesOf(test);
    for (const role of roles) sessions.set(role, await signIn(`${role.toLowerCase()}@abide.example`, [role]));
  });
  afterAll(() => test.close());

  async function signIn(email: string, held: readonly Role[]): Promise<Session> {
    await test.get(Operators).create({ email, name: 'Fang Yuan', password, roles: held });
    const origin = test.config.publicUrl;
    const answer = await test.request({
      method: 'POST',
      path: 'operator/sessions',
      body: { email, password },
      headers: { origin },
    });
    expect(answer.status).toBe(200);
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    return { cookie, 'x-abide-csrf': answer.body.csrfToken, origin };
  }

  const call = (route: Route, headers: Record<string, string>): Promise<TestAnswer> =>
    test.request({
      method: route.method,
      path: route.path,
      headers: route.takesForm ? { ...headers, 'content-type': 'multipart/form-data; boundary=b' } : headers,
      ...(route.method === 'GET' ? {} : { body: route.takesForm ? Buffer.from('--b--\r\n') : {} }),
    });

  it('knows the access of every route', () => {
    expect(routes.length).toBeGreaterThan(60);
    expect(routes.filter((route) => route.access === undefined)).toEqual([]);
  });

  it('knows no permission or scope that nothing asks for, and asks for none that nobody can have', () => {
    const declared = requireDeclaredAccess(test.app);
    expect(() => requireReachableRoutes(declared)).not.toThrow();
    const withoutAudit = declared.filter(({ controller }) => controller !== 'AuditController');
    expect(() => requireReachableRoutes(withoutAudit)).toThrow('no route asks for the permission audit.read');
  });

  it('says in the document which routes are for everybody, and what a caller without the right credential is answered', async () => {
    const asksNothing = (access: Access) => access.for === 'public' && !access.asksToken;
    expect(routes.filter(({ access, isOpen }) => isOpen !== asksNothing(access))).toEqual([]);
    const surprises: string[] = [];
    for (const route of routes.filter(({ access }) => !asksNothing(access))) {
      const { status, body } = await call(route, {});
      if (status !== 401 || !route.refusals(401).includes(`\`${body.code}\``))
        surprises.push(`${route.name}: ${status} ${body?.code}`);
    }
    expect(surprises).toEqual([]);
  });

  it('gives each role exactly the routes of its permissions', async () => {
    const surprises: string[] = [];
    for (const route of routes) {
      if (route.access.for !== 'operator' || endsOwnSession(route)) continue;
      for (const [role, headers] of sessions) {
        const { permission } = route.access;
        const mayCall = permission === null || permissionsOfRole[role].some((held) => held === permission);
        const answer = await call(route, headers);
        const isRefused = answer.body?.code === 'operator.forbidden';
        if (isRefused && !route.refusals(403).includes('`operator.forbidden`'))
          surprises.push(`${route.name} does not say that it may refuse`);
        if (isRefused === mayCall)
          surprises.push(`${role} on ${route.name}: ${answer.status} ${answer.body?.code ?? ''}`);
        if (answer.status >= 500) surprises.push(`${role} on ${route.name}: ${answer.status}`);
      }
    }
    expect(surprises).toEqual([]);
  });

  it('refuses an operator without a role every route that asks for a permission', async () => {
    const headers = await signIn('nobody@abide.example', []);
    const surprises: string[] = [];
    for (const route of routes) {
      if (route.access.for !== 'operator' || route.access.permission === null) continue;
      const answer = await call(route, headers);
      if (answer.body?.code !== 'operator.forbidden')
        surprises.push(`${route.name}: ${answer.status} ${answer.body?.code ?? ''}`);
    }
    expect(surprises).toEqual([]);
  });

  it('refuses an operator without the CSRF token, whatever the route changes', async () => {
    const surprises: string[] = [];
    const { 'x-abide-csrf': _token, ...headers } = sessions.get('administrator') ?? ({} as Session);
    for (const route of routes) {
      if (route.access.for !== 'operator' || route.method === 'GET') continue;
      const answer = await call(route, headers);
      if (answer.body?.code !== 'session.csrf')
        surprises.push(`${route.name}: ${answer.status} ${answer.body?.code ?? ''}`);
    }
    expect(surprises).toEqual([]);
  });

  it('does not take a device for a service, nor a device for an operator', async () => {
    const device = await test.request({ method: 'POST', path: 'devices', body: { acceptedRevisionIds: [] } });
    expect(device.status).toBe(201);
    const headers = { authorization: `Bearer ${device.body.token}` };
    for (const route of routes) {
      if (route.access.for === 'client' && !route.access.orSubject)
        expect([route.name, (await call(route, headers)).status]).toEqual([route.name, 403]);
      if (route.access.for === 'operator')
        expect([route.name, (await call(route, headers)).status]).toEqual([route.name, 401]);
    }
  });

  it('finds a protected route behind no other spelling of its path', async () => {
    for (const path of [
      '/api/v1/operator/%61udit/entries',
      '/api/v1//operator/audit/entries',
      '/API/v1/operator/audit/entries',
      '/api/v1/operator/audit/entries/',
      '/api/v1/operator/audit/entries;x=1',
    ]) {
      const { status } = await test.request({ method: 'GET', path });
      expect([path, [401, 404].includes(status)]).toEqual([path, true]);
    }
  });
});

function endsOwnSession({ method, path }: Route): boolean {
  return path.includes('/operator/sessions') && method !== 'GET';
}

/** No credential is named, or none is one of those that will do. */
function isOpen(security: readonly object[]): boolean {
  return security.length === 0 || security.some((needed) => Object.keys(needed).length === 0);
}

function routesOf(test: TestApp): Route[] {
  const { paths } = createOpenApi(test.app);
  return Object.entries(paths).flatMap(([pattern, operations]) =>
    Object.entries(operations as Record<string, Record<string, unknown>>).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${pattern}`,
      method: method.toUpperCase() as Route['method'],
      path: pattern.replaceAll(/\{\w+\}/g, () => newId()),
      access: operation['x-abide-access'] as Access,
      isOpen: isOpen(operation['security'] as object[]),
      takesForm: 'multipart/form-data' in ((operation['requestBody'] as { content?: object })?.content ?? {}),
      refusals: (status: number) =>
        (operation['responses'] as Record<number, { description?: string }>)[status]?.description ?? '',
    })),
  );
}
