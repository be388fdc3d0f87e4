import { RouteConfig } from '@nestjs/platform-fastify';

export const largeBody = 'abideLargeBody';
export const mostMembers = 'abideMostMembers';

const batchBytes = 5 * 1024 * 1024;

/** A route for batches: its body may have 5 MiB and 250,000 members, where others may have one and 10,000. */
export const LargeBody = (): MethodDecorator => RouteConfig({ [largeBody]: batchBytes, [mostMembers]: 250_000 });

/** A route for long texts or questions: its body may have 100,000 members. */
export const ManyMembers = (): MethodDecorator => RouteConfig({ [mostMembers]: 100_000 });
