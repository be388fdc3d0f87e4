import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PendingChangeAnswer, respondToOutcome } from '@abide/identity';
import { CurrentOperator, Flag, ForOperator, Whole, type OperatorPrincipal } from '@abide/platform';
import { mostWaitingDays, type RequestTerms } from './request-settings.entity.js';
import { RequestSettingsService } from './request-settings.service.js';

const preparing = {
  description:
    'Access and portability are prepared without an operator once the person has given the code, unless a ground stands against it',
} as const;
const correcting = {
  description:
    'What an account says of itself is corrected without an operator once the person has given the code, where a clause gives the right without evidence',
} as const;
const waiting = {
  min: 0,
  max: mostWaitingDays,
  description: 'Days that a granted deletion waits, so that it can be taken back',
} as const;

class RequestSettingsResponse {
  @Flag(preparing) readonly preparesItself: boolean = false;
  @Flag(correcting) readonly correctsItself: boolean = false;
  @Whole(waiting) readonly waitingDays: number = 0;
}

class ChangeRequestSettings {
  @Flag({ ...preparing, optional: true }) readonly preparesItself?: boolean;
  @Flag({ ...correcting, optional: true }) readonly correctsItself?: boolean;
  @Whole({ ...waiting, optional: true }) readonly waitingDays?: number;
}

/** How requests are answered in this installation. */
@ApiTags('Operators')
@Controller('operator/request-settings')
export class RequestSettingsController {
  constructor(private readonly settings: RequestSettingsService) {}

  @Get()
  @ForOperator('request.readSettings')
  @ApiOperation({ summary: 'How requests are answered', operationId: 'getRequestSettings' })
  @ApiOkResponse({ type: RequestSettingsResponse })
  async get(): Promise<RequestSettingsResponse> {
    return toSettings(await this.settings.current());
  }

  @Patch()
  @ForOperator('request.configure', { needsStepUp: true })
  @ApiOperation({
    summary: 'Change how requests are answered; what lets more happen without a person waits for a second operator',
    operationId: 'changeRequestSettings',
  })
  @ApiOkResponse({ type: RequestSettingsResponse })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  async change(
    @Body() wanted: ChangeRequestSettings,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<RequestSettingsResponse | PendingChangeAnswer> {
    return respondToOutcome(await this.settings.change(wanted, operatorId), toSettings);
  }
}

function toSettings({ preparesItself, correctsItself, waitingDays }: RequestTerms): RequestSettingsResponse {
  return { preparesItself, correctsItself, waitingDays };
}
