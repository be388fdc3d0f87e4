import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, CreatesNothing, ForClient, requestContext } from '@abide/platform';
import {
  LastPositionRequest,
  LastPositionResponse,
  toPosition,
  toUseQuestion,
  toTrailQuestion,
  toTrailResponse,
  TrailRequest,
  TrailResponse,
} from './trail.dto.js';
import { Trails } from './trails.service.js';

/** Reading positions back, for the platform's services. */
@ApiTags('Services')
@Controller('location')
export class TrailsController {
  constructor(private readonly trails: Trails) {}

  @Post('trails/query')
  @HttpCode(200)
  @CreatesNothing()
  @ForClient('location:read')
  @ApiOperation({
    summary: 'Where a subject was, for a stated purpose, as exactly as the gate allows now',
    description:
      'Each category is decided about as a use for the purpose; what may not be used is answered with its code and not shown. Send `Sec-GPC: 1` on where the request that led here carried it.',
    operationId: 'queryTrail',
  })
  @ApiOkResponse({ type: TrailResponse })
  @ApiProblems(400, 'request.invalid', 'request.bad_cursor', 'question.unknownPurpose', 'question.unknownService')
  async follow(@Body() body: TrailRequest): Promise<TrailResponse> {
    return toTrailResponse(await this.trails.follow(toTrailQuestion(body, isGpcSignalled())));
  }

  @Post('last/query')
  @HttpCode(200)
  @CreatesNothing()
  @ForClient('location:read')
  @ApiOperation({
    summary: 'Where a subject was last, for a stated purpose, as exactly as the gate allows now',
    operationId: 'locateLast',
  })
  @ApiOkResponse({ type: LastPositionResponse })
  @ApiProblems(400, 'request.invalid', 'question.unknownPurpose', 'question.unknownService')
  async last(@Body() body: LastPositionRequest): Promise<LastPositionResponse> {
    const { position, refused } = await this.trails.last(toUseQuestion(body, isGpcSignalled()));
    return { position: position && toPosition(position), refused };
  }
}

function isGpcSignalled(): boolean {
  return requestContext()?.globalPrivacyControl ?? false;
}
