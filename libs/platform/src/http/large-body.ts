import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';

export const largeBody = 'abideLargeBody';
export const mostMembers = 'abideMostMembers';
export const keepsText = 'abideKeepsText';

const batchBytes = 5 * 1024 * 1024;

/** A route for batches: its body may have 5 MiB and 250,000 members, where others may have one and 10,000. */
export const LargeBody = (): MethodDecorator => RouteConfig({ [largeBody]: batchBytes, [mostMembers]: 250_000 });

/** A route for long texts or questions: its body may have 100,000 members. */
export const ManyMembers = (): MethodDecorator => RouteConfig({ [mostMembers]: 100_000 });

/** A route whose body somebody signed: it is kept as it came, for `SignedText`. */
export const KeepsText = (): MethodDecorator => RouteConfig({ [keepsText]: true });

/** The body of a route with `KeepsText`, to the byte; empty where there was none. */
export const SignedText = createParamDecorator(
  (_data: unknown, context: ExecutionContext): string =>
    context.switchToHttp().getRequest<{ raw: { [keepsText]?: string } }>().raw[keepsText] ?? '',
);
