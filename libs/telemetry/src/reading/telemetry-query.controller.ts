import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, CreatesNothing, ForClient, requestContext } from '@abide/platform';
import {
  TelemetryQueryRequest,
  TelemetryQueryResponse,
  toTelemetryQueryResponse,
  toTelemetryQuestion,
} from './telemetry-query.dto.js';
import { TelemetryQuery } from './telemetry-query.js';

/** Reading telemetry back, for the platform's services. */
@ApiTags('Services')
@Controller('telemetry/query')
export class TelemetryQueryController {
  constructor(private readonly query: TelemetryQuery) {}

  @Post()
  @HttpCode(200)
  @CreatesNothing()
  @ForClient('telemetry:read')
  @ApiOperation({
    summary: "A subject's events for a stated purpose, opened only as far as the gate allows now",
    description:
      'Each category is decided about as a use for the purpose; what may not be used is answered with its code and not shown. Send `Sec-GPC: 1` on where the request that led here carried it.',
    operationId: 'queryTelemetry',
  })
  @ApiOkResponse({ type: TelemetryQueryResponse })
  @ApiProblems(
    400,
    'request.invalid',
    'request.bad_cursor',
    'question.unknownPurpose',
    'question.unknownCategory',
    'question.unknownService',
  )
  async run(@Body() body: TelemetryQueryRequest): Promise<TelemetryQueryResponse> {
    return toTelemetryQueryResponse(
      await this.query.run(toTelemetryQuestion(body, requestContext()?.globalPrivacyControl ?? false)),
    );
  }
}
