import { join } from 'node:path';
import { createServer } from 'vite';

/**
 * The one port of `npm run dev`: /console from Vite, everything else from the API, whose start a request waits for.
 * Answers how to stop.
 */
export async function serveDevConsole({ root, host, port, api, apiUrl }) {
  const vite = await createServer({
    configFile: join(root, 'apps/admin/vite.config.ts'),
    logLevel: 'warn',
    clearScreen: false,
    plugins: [{ name: 'abide-api', configureServer: (server) => void server.middlewares.use(waitForApi(api)) }],
    server: { host, port, strictPort: true, proxy: { '^/(?!console(/|\\?|$))': { target: apiUrl } } },
  });
  await vite.listen();
  return () => vite.close();
}

function waitForApi(api) {
  return async (request, response, next) => {
    const [path] = request.url.split('?');
    if (path === '/') return response.writeHead(302, { location: '/console' }).end();
    if (path === '/console') request.url = request.url.replace('/console', '/console/');
    if (path === '/console' || path.startsWith('/console/') || (await api.isUp())) return next();
    response.writeHead(503, { 'content-type': 'text/plain' }).end('The API does not run; the terminal says why.\n');
  };
}
