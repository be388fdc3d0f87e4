import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** The process's Prometheus registry; modules add their counters to it. Labels never hold a person. */
export const metrics = new Registry();

collectDefaultMetrics({ register: metrics });

const requestSeconds = new Histogram({
  name: 'abide_http_request_seconds',
  help: 'Seconds from request to answer, by method, route pattern and status.',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [metrics],
});

type Timed = ReturnType<typeof requestSeconds.labels>;
const timedByName = new Map<string, Timed>();

/** Times every request under its route pattern, never its URL. */
export function measureRequests(fastify: FastifyInstance): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    timedAs(request.method, request.routeOptions.url ?? 'none', String(reply.statusCode)).observe(
      reply.elapsedTime / 1000,
    );
    done();
  });
}

/** There are as many as routes and statuses; each is put together once. */
function timedAs(method: string, route: string, status: string): Timed {
  const name = `${method} ${route} ${status}`;
  const known = timedByName.get(name);
  if (known) return known;
  const timed = requestSeconds.labels({ method, route, status });
  timedByName.set(name, timed);
  return timed;
}
