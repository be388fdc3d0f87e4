import { applyDecorators, createParamDecorator, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiExtension, ApiHeader, ApiOAuth2 } from '@nestjs/swagger';
import { DomainError, type Locale } from '@abide/kernel';
import type { ClientPrincipal, OperatorPrincipal, SubjectPrincipal } from './principal.js';
import { requestContext } from './request-context.js';

export const accessKey = 'abide:access';

/** What a route demands of whoever calls it. Every route declares one, or the application does not start. */
export type Access =
  | { readonly for: 'public'; readonly recognises?: true; readonly asksToken?: true }
  | { readonly for: 'subject'; readonly countsAsUse: boolean }
  | { readonly for: 'client'; readonly scope: string; readonly orSubject: boolean }
  | { readonly for: 'operator'; readonly permission: string | null; readonly needsStepUp: boolean };

function declare(access: Access): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(accessKey, access), ApiExtension('x-abide-access', access));
}

/** Anyone may call, without a credential. */
export function ForEveryone(): MethodDecorator & ClassDecorator {
  return declare({ for: 'public' });
}

/** Anyone may call, and a subject or an operator who sends a credential is known by it; a wrong one is refused. */
export function ForEveryoneKnown(): MethodDecorator & ClassDecorator {
  return applyDecorators(declare({ for: 'public', recognises: true }), ApiBearerAuth('subject'), ApiOperatorSession());
}

/** Whoever holds the token of the one thing that the path names; the route itself looks whether it is. `scheme`: its name in the API document. */
export function ForTokenHolder(scheme: string): MethodDecorator & ClassDecorator {
  return applyDecorators(declare({ for: 'public', asksToken: true }), ApiBearerAuth(scheme));
}

/** A signed-in subject or a device, for itself. Reading policies, notices, consents and requests does not count as use of the service. */
export function ForSubject(options: { countsAsUse?: boolean } = {}): MethodDecorator & ClassDecorator {
  return applyDecorators(
    declare({ for: 'subject', countsAsUse: options.countsAsUse ?? true }),
    ApiBearerAuth('subject'),
  );
}

/** A service client whose token carries `scope`; with `orSubject`, also a subject for itself. */
export function ForClient(scope: string, options: { orSubject?: boolean } = {}): MethodDecorator & ClassDecorator {
  return applyDecorators(
    declare({ for: 'client', scope, orSubject: options.orSubject ?? false }),
    ApiOAuth2([scope], 'client'),
    ...(options.orSubject ? [ApiBearerAuth('subject')] : []),
  );
}

/** An operator who holds `permission` (null: any signed-in operator). `needsStepUp`: signed in again within 5 minutes. */
export function ForOperator(
  permission: string | null,
  options: { needsStepUp?: boolean } = {},
): MethodDecorator & ClassDecorator {
  return applyDecorators(
    declare({ for: 'operator', permission, needsStepUp: options.needsStepUp ?? false }),
    ApiOperatorSession(),
  );
}

function ApiOperatorSession(): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ApiCookieAuth('operator'),
    ApiHeader({
      name: 'X-Abide-Csrf',
      required: false,
      description: 'The csrfToken of the session; needed on everything but GET.',
    }),
  );
}

export const CurrentSubject = createParamDecorator((): SubjectPrincipal => principalOf('subject'));
export const CurrentOperator = createParamDecorator((): OperatorPrincipal => principalOf('operator'));
export const CurrentClient = createParamDecorator((): ClientPrincipal => principalOf('client'));
/** Whoever calls a route for service clients and subjects alike. */
export const CurrentSender = createParamDecorator((): ClientPrincipal | SubjectPrincipal =>
  requestContext()?.principal?.kind === 'subject' ? principalOf('subject') : principalOf('client'),
);
export const RequestLocale = createParamDecorator((): Locale => requestContext()?.locale ?? 'zh-CN');

type PrincipalKind = 'subject' | 'operator' | 'client';
type PrincipalOf<Kind extends PrincipalKind> = Extract<
  SubjectPrincipal | OperatorPrincipal | ClientPrincipal,
  { kind: Kind }
>;

function principalOf<Kind extends PrincipalKind>(kind: Kind): PrincipalOf<Kind> {
  const principal = requestContext()?.principal;
  if (principal?.kind !== kind) throw new DomainError('unauthenticated', 'access.unauthenticated');
  return principal as PrincipalOf<Kind>;
}
