import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentOperator, Flag, ForOperator, type OperatorPrincipal } from '@abide/platform';
import { OperatorMail } from './operator-mail.service.js';

/** What an operator has set for themselves. */
export class OperatorSettings {
  @Flag({ description: 'A mail once a day where something waits for them' }) readonly digest: boolean = true;
}

/** The operator's own settings. */
@ApiTags('Operators')
@Controller('operator/settings')
export class OperatorSettingsController {
  constructor(private readonly mail: OperatorMail) {}

  @Get()
  @ForOperator(null)
  @ApiOperation({ summary: "The operator's own settings", operationId: 'getOperatorSettings' })
  @ApiOkResponse({ type: OperatorSettings })
  async get(@CurrentOperator() { operatorId }: OperatorPrincipal): Promise<OperatorSettings> {
    return { digest: await this.mail.wantsDigest(operatorId) };
  }

  @Put()
  @ForOperator(null)
  @ApiOperation({ summary: "Change the operator's own settings", operationId: 'setOperatorSettings' })
  @ApiOkResponse({ type: OperatorSettings })
  async set(
    @Body() { digest }: OperatorSettings,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<OperatorSettings> {
    await this.mail.setDigest(operatorId, digest);
    return { digest };
  }
}
