import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { ApiProblems, ForEveryone, SecretAnswer, Text } from '@abide/platform';
import { ClientTokens } from './client-tokens.service.js';

/** RFC 6749 §4.4.2, as a form or as JSON; the client may be named by HTTP Basic instead. */
class TokenRequest {
  @Text({ max: 100, optional: true, example: 'client_credentials' }) readonly grant_type?: string;
  @Text({ max: 100, optional: true }) readonly client_id?: string;
  @Text({ asTyped: true, max: 256, optional: true }) readonly client_secret?: string;
  @Text({
    max: 500,
    min: 0,
    optional: true,
    description: 'Space-separated; everything the client may when absent',
    example: 'decisions:read',
  })
  readonly scope?: string;
}

class TokenResponse {
  @ApiProperty() readonly access_token: string = '';
  @ApiProperty({ example: 'Bearer' }) readonly token_type: string = 'Bearer';
  @ApiProperty({ description: 'Seconds', example: 600 }) readonly expires_in: number = 0;
  @ApiProperty({ example: 'decisions:read' }) readonly scope: string = '';
}

/** Access tokens for services. */
@ApiTags('Services')
@Controller('oauth')
export class OauthController {
  constructor(private readonly tokens: ClientTokens) {}

  @Post('token')
  @HttpCode(200)
  @ForEveryone()
  @SecretAnswer()
  @ApiConsumes('application/x-www-form-urlencoded', 'application/json')
  @ApiOperation({
    summary: 'Get an access token with client credentials',
    description: 'Refusals are problem+json that also carries `error` and `error_description` of RFC 6749 §5.2.',
    operationId: 'issueClientToken',
  })
  @ApiOkResponse({ type: TokenResponse })
  @ApiProblems(400, 'oauth.unsupported_grant_type', 'oauth.invalid_scope', 'oauth.invalid_request')
  @ApiProblems(401, 'oauth.invalid_client')
  @ApiProblems(429, 'session.too_many_attempts')
  async issue(
    @Body() body: TokenRequest,
    @Headers('authorization') authorization: string | undefined,
  ): Promise<TokenResponse> {
    const { token, scope, expiresIn } = await this.tokens.issue({
      grantType: body.grant_type,
      clientId: body.client_id,
      secret: body.client_secret,
      scope: body.scope,
      authorization,
    });
    return { access_token: token, token_type: 'Bearer', expires_in: expiresIn, scope };
  }
}
