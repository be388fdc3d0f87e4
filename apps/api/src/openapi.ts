import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { documentAccess } from './openapi-access.js';

const description = [
  'Abide makes a privacy policy executable: clauses become a rulebook, a gate decides with the clause cited, and every promised right is a workflow with a clock and proof.',
  '',
  '**Signing in here.** Operators: send `POST /api/v1/operator/sessions`; the cookie and the CSRF token are kept for the calls that follow.',
  'Client apps: send `POST /api/v1/sessions`; the access token is kept. Services: use *Authorize* with a client id and secret.',
].join('\n');

/** The OpenAPI 3.1 document of every route, made from the decorators. */
export function createOpenApi(app: NestFastifyApplication): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Abide')
    .setVersion('1')
    .setDescription(description)
    .addServer('/', 'The installation that answers this document')
    .addTag('Client apps', 'What apps call on behalf of people, enterprises and devices')
    .addTag('Services', 'What the platform’s own back-end services call')
    .addTag('Operators', 'What the console calls')
    .addTag('Development', 'Mailbox and clock; absent in production')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'accessToken of POST /api/v1/sessions' }, 'subject')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: 'token of POST /api/v1/requests/{id}/verification' },
      'request',
    )
    .addCookieAuth('abide_session', { type: 'apiKey', in: 'cookie', name: 'abide_session' }, 'operator')
    .addOAuth2(
      { type: 'oauth2', flows: { clientCredentials: { tokenUrl: '/api/v1/oauth/token', scopes: clientScopes } } },
      'client',
    )
    .build();
  const document = SwaggerModule.createDocument(app, settings, { autoTagControllers: false });
  documentIdempotency(document);
  documentAccess(document);
  return sorted(withoutNullable(document) as OpenAPIObject);
}

const clientScopes: Record<string, string> = {
  'decisions:read': 'Ask the gate',
  'telemetry:write': 'Send events',
  'telemetry:read': 'Read events for a purpose',
  'location:write': 'Send fixes',
  'location:read': 'Read trails for a purpose',
  'disclosures:write': 'Disclose to a recipient',
  'policies:write': 'Write drafts of policies',
};

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header' as const,
  required: false,
  schema: { type: 'string' as const, minLength: 1, maxLength: 255 },
  description:
    'Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400).',
};

/** Every POST that creates something takes the key (see the platform's `keyPosts`), and says so. */
function documentIdempotency({ paths }: OpenAPIObject): void {
  for (const { post } of Object.values(paths)) {
    const createsNothing = post && 'x-abide-creates-nothing' in post;
    if (post && !createsNothing) post.parameters = [...(post.parameters ?? []), idempotencyKey];
  }
}

/** Paths and schemas in a stable order, so that the committed document changes only when the API does. */
function sorted(document: OpenAPIObject): OpenAPIObject {
  const byName = <T>(members: Record<string, T> | undefined): Record<string, T> =>
    Object.fromEntries(Object.entries(members ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    ...document,
    paths: byName(document.paths),
    components: { ...document.components, schemas: byName(document.components?.schemas) },
  };
}

/** OpenAPI 3.1 speaks JSON Schema 2020-12, where `nullable` means nothing: null becomes one of the types. */
function withoutNullable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNullable);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withoutNullable(member)]),
  );
  if (nullable !== true) return rest;
  if (typeof rest['type'] === 'string')
    return {
      ...rest,
      type: [rest['type'], 'null'],
      ...(Array.isArray(rest['enum']) ? { enum: [...(rest['enum'] as unknown[]), null] } : {}),
    };
  const { description, example, ...schema } = rest;
  return {
    ...(description === undefined ? {} : { description }),
    ...(example === undefined ? {} : { example }),
    anyOf: [schema, { type: 'null' }],
  };
}
