import type { FastifyCorsOptions, FastifyCorsOptionsDelegateCallback } from '@fastify/cors';

/** Routes that no client app calls: operators have cookies, and services no browser. */
const notForApps = /^\/api\/v1\/(operator|oauth|dev)(\/|$)/i;
const day = 86_400;

const none: FastifyCorsOptions = { origin: false };

/** Lets web pages of these origins call what client apps call: without cookies, which no such route reads. */
export function sharingWith(origins: readonly string[]): FastifyCorsOptionsDelegateCallback {
  const shared: FastifyCorsOptions = {
    origin: [...origins],
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['accept-language', 'authorization', 'content-type', 'idempotency-key', 'if-match'],
    exposedHeaders: ['etag', 'idempotency-replayed', 'location', 'retry-after', 'x-correlation-id'],
    credentials: false,
    maxAge: day,
  };
  return (request, answer) => answer(null, isForApps(request.url) ? shared : none);
}

/** By the address as a route reads it: an encoded letter hides nothing. */
function isForApps(url: string): boolean {
  const [path = ''] = url.split('?');
  try {
    return path.startsWith('/api/v1/') && !notForApps.test(decodeURIComponent(path));
  } catch {
    return false;
  }
}
