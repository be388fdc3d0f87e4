import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { ForEveryone, ForOperator, OneOf } from '@abide/platform';
import { keyUses, SigningKeys, type KeyUse, type PublicKeySet } from './signing-keys.service.js';

const publicKey = {
  type: 'object',
  additionalProperties: true,
  properties: {
    signs: {
      type: 'string',
      enum: [...keyUses],
      description: 'What this key signs: a signature under it proves nothing else',
    },
  },
};

class JsonWebKeySet {
  @ApiProperty({ type: 'array', items: publicKey }) readonly keys: PublicKeySet['keys'] = [];
}

class RotateKey {
  @OneOf(keyUses, { optional: true, description: 'access when left out' }) readonly use?: KeyUse;
}

class RotatedKey {
  @ApiProperty({ format: 'uuid' }) readonly keyId: string = '';
}

/** The keys that access tokens and receipts are checked with. */
@Controller()
export class SigningKeysController {
  constructor(private readonly keys: SigningKeys) {}

  @Get('.well-known/jwks.json')
  @ForEveryone()
  @ApiTags('Services')
  @ApiOperation({
    summary: 'The public keys that access tokens and receipts are signed with (RFC 7517)',
    operationId: 'getJwks',
  })
  @ApiOkResponse({ type: JsonWebKeySet })
  async keySet(): Promise<JsonWebKeySet> {
    return this.keys.keySet();
  }

  @Post('operator/signing-keys/rotation')
  @HttpCode(200)
  @ForOperator('client.manage', { needsStepUp: true })
  @ApiTags('Operators')
  @ApiOperation({
    summary: 'Sign with a new key from now on: access tokens unless said otherwise',
    operationId: 'rotateSigningKey',
  })
  @ApiOkResponse({ type: RotatedKey })
  async rotate(@Body() { use }: RotateKey): Promise<RotatedKey> {
    return { keyId: await this.keys.rotate(use) };
  }
}
