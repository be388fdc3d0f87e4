import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { ForEveryone, ForOperator } from '@abide/platform';
import type { JWK } from 'jose';
import { SigningKeys } from './signing-keys.service.js';

class JsonWebKeySet {
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } }) readonly keys: readonly JWK[] = [];
}

class RotatedKey {
  @ApiProperty({ format: 'uuid' }) readonly keyId: string = '';
}

/** The keys that access tokens are checked with. */
@Controller()
export class SigningKeysController {
  constructor(private readonly keys: SigningKeys) {}

  @Get('.well-known/jwks.json')
  @ForEveryone()
  @ApiTags('Services')
  @ApiOperation({ summary: 'The public keys that access tokens are signed with (RFC 7517)', operationId: 'getJwks' })
  @ApiOkResponse({ type: JsonWebKeySet })
  async keySet(): Promise<JsonWebKeySet> {
    return this.keys.keySet();
  }

  @Post('operator/signing-keys/rotation')
  @HttpCode(200)
  @ForOperator('client.manage', { needsStepUp: true })
  @ApiTags('Operators')
  @ApiOperation({ summary: 'Sign access tokens with a new key from now on', operationId: 'rotateSigningKey' })
  @ApiOkResponse({ type: RotatedKey })
  async rotate(): Promise<RotatedKey> {
    return { keyId: await this.keys.rotate() };
  }
}
