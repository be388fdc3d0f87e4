import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

const ignoredBody = 'abideIgnoredBody';

/** A route that takes a body of any kind and looks at none of it, because others decide what they send. */
export const IgnoredBody = (): MethodDecorator => RouteConfig({ [ignoredBody]: true });

/** Fastify `onRequest` hook: without these two there is nothing to parse, and nothing to refuse. */
export function ignoreBody(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  if ((request.routeOptions.config as { [ignoredBody]?: boolean })[ignoredBody]) {
    delete request.headers['content-type'];
    delete request.headers['content-length'];
    delete request.headers['transfer-encoding'];
    request.raw.resume();
  }
  done();
}
