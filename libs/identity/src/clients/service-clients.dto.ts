import { ApiProperty } from '@nestjs/swagger';
import { SomeOf, Text, Texts, Whole } from '@abide/platform';
import { openData, scopes, type Scope } from './scopes.js';
import { longestExpiryDays, type ShownSecret } from './client-secrets.js';
import { longestOverlapDays, type ServiceClient } from './service-clients.service.js';

const codes = { max: 50, maxLength: 80, optional: true } as const;

export class CreateClient {
  @Text({ max: 100, example: 'ticketing' }) readonly name: string = '';
  @SomeOf(scopes) readonly scopes: readonly Scope[] = [];
  @Texts({
    ...codes,
    description: 'What it is for; must be named with a scope that opens personal data',
    example: ['service.provision'],
  })
  readonly purposes?: readonly string[];
  @Texts({
    ...codes,
    description: 'In which services; must be named with a scope that opens personal data',
    example: ['ticketing'],
  })
  readonly services?: readonly string[];
  @Whole({ min: 1, max: longestExpiryDays, default: longestExpiryDays, optional: true })
  readonly expiresInDays?: number;
}

/** What is left out stays; a bound can be drawn closer or, with a second operator, wider, and never be taken away. */
export class BoundClient {
  @SomeOf(scopes, { optional: true }) readonly scopes?: readonly Scope[];
  @Texts(codes) readonly purposes?: readonly string[];
  @Texts(codes) readonly services?: readonly string[];
}

export class RotateClient {
  @Whole({
    min: 0,
    max: longestOverlapDays,
    default: 7,
    optional: true,
    description: 'How long the old secrets stay good',
  })
  readonly overlapDays?: number;
  @Whole({ min: 1, max: longestExpiryDays, default: longestExpiryDays, optional: true })
  readonly expiresInDays?: number;
}

export class ClientSecret {
  @ApiProperty({ format: 'uuid' }) readonly id: string = '';
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string = '';
  @ApiProperty({ format: 'date-time' }) readonly expiresAt: string = '';
}

export class ClientResponse {
  @ApiProperty() readonly id: string = '';
  @ApiProperty() readonly name: string = '';
  @ApiProperty({ enum: scopes, isArray: true }) readonly scopes: readonly Scope[] = [];
  @ApiProperty({ type: [String], nullable: true, description: 'null: for every purpose' }) readonly purposes:
    readonly string[] | null = null;
  @ApiProperty({ type: [String], nullable: true, description: 'null: in every service' }) readonly services:
    readonly string[] | null = null;
  @ApiProperty({
    description:
      'Opens personal data without bounds: made before clients had any, or left so on the server, and to be bounded',
  })
  readonly unbounded: boolean = false;
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The operator who may have its next secret shown',
  })
  readonly secretDueTo: string | null = null;
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string = '';
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) readonly revokedAt: string | null = null;
  @ApiProperty({ type: [ClientSecret], description: 'The secrets that are still good; never their text' })
  readonly secrets: readonly ClientSecret[] = [];
}

export class ClientsResponse {
  @ApiProperty({ type: [ClientResponse] }) readonly items: readonly ClientResponse[] = [];
  @ApiProperty({ nullable: true, type: String }) readonly nextCursor: string | null = null;
}

export class ShownSecretResponse {
  @ApiProperty() readonly id: string = '';
  @ApiProperty({ description: 'Shown only now' }) readonly secret: string = '';
  @ApiProperty({ format: 'date-time' }) readonly expiresAt: string = '';
}

export function toClientResponse({
  id,
  name,
  scopes: held,
  purposes,
  services,
  secretDueTo,
  createdAt,
  revokedAt,
  secrets,
}: ServiceClient): ClientResponse {
  return {
    id,
    name,
    scopes: held,
    purposes,
    services,
    secretDueTo,
    unbounded: revokedAt === null && openData(held) && (purposes === null || services === null),
    createdAt: createdAt.toISOString(),
    revokedAt: revokedAt?.toISOString() ?? null,
    secrets: secrets.map((secret) => ({
      id: secret.id,
      createdAt: secret.createdAt.toISOString(),
      expiresAt: secret.expiresAt.toISOString(),
    })),
  };
}

export function toShownSecret({ clientId, secret, expiresAt }: ShownSecret): ShownSecretResponse {
  return { id: clientId, secret, expiresAt: expiresAt.toISOString() };
}
