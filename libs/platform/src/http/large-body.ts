import { RouteConfig } from '@nestjs/platform-fastify';

export const largeBody = 'abideLargeBody';

const batchBytes = 5 * 1024 * 1024;

/** A route for batches: its body may have 5 MiB, where others may have one. */
export const LargeBody = (): MethodDecorator => RouteConfig({ [largeBody]: batchBytes });
