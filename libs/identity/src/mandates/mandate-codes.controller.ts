import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { apiPrefix, ApiProblems, ForEveryone } from '@abide/platform';
import { toVerificationFacts, VerificationResponse } from '../verifications/verifications.dto.js';
import { MandateNaming } from './mandate-naming.service.js';

/** How whoever an enterprise named proves that they read the address that was noted for them. */
@ApiTags('Client apps')
@Controller(`${apiPrefix}/mandates`)
@ForEveryone()
export class MandateCodesController {
  constructor(private readonly naming: MandateNaming) {}

  @Post(':id/code')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Have a code sent to the address that an enterprise noted for me; it is confirmed as every code is',
    operationId: 'sendMandateCode',
  })
  @ApiAcceptedResponse({ type: VerificationResponse })
  @ApiProblems(404, 'mandate.not_found')
  @ApiProblems(409, 'delivery.not_configured')
  @ApiProblems(429, 'session.too_many_attempts')
  async sendCode(@Param('id', ParseUUIDPipe) id: string): Promise<VerificationResponse> {
    return { verification: toVerificationFacts(await this.naming.sendCode(id)) };
  }
}
