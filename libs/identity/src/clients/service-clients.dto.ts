import { ApiProperty } from '@nestjs/swagger';
import { Name, SomeOf, Whole } from '@abide/platform';
import { scopes, type Scope } from './scopes.js';
import { longestExpiryDays, longestOverlapDays, type ServiceClient, type ShownSecret } from './service-clients.service.js';

export class CreateClient {
  @Name({ max: 100, example: 'ticketing' }) readonly name: string = '';
  @SomeOf(scopes) readonly scopes: readonly Scope[] = [];
  @Whole({ min: 1, max: longestExpiryDays, default: longestExpiryDays, optional: true }) readonly expiresInDays?: number;
}

export class RotateClient {
  @Whole({ min: 0, max: longestOverlapDays, default: 7, optional: true, description: 'How long the old secrets stay good' }) readonly overlapDays?: number;
  @Whole({ min: 1, max: longestExpiryDays, default: longestExpiryDays, optional: true }) readonly expiresInDays?: number;
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
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string = '';
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) readonly revokedAt: string | null = null;
  @ApiProperty({ type: [ClientSecret], description: 'The secrets that are still good; never their text' }) readonly secrets: readonly ClientSecret[] = [];
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

export function toClientResponse({ id, name, scopes: held, createdAt, revokedAt, secrets }: ServiceClient): ClientResponse {
  return {
    id, name, scopes: held, createdAt: createdAt.toISOString(), revokedAt: revokedAt?.toISOString() ?? null,
    secrets: secrets.map((secret) => ({ id: secret.id, createdAt: secret.createdAt.toISOString(), expiresAt: secret.expiresAt.toISOString() })),
  };
}

export function toShownSecret({ clientId, secret, expiresAt }: ShownSecret): ShownSecretResponse {
  return { id: clientId, secret, expiresAt: expiresAt.toISOString() };
}
