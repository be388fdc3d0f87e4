import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '@abide/kernel';
import { ApiProblems, ForOperator } from '@abide/platform';
import { RecordsLook } from '../looks/records-look.js';
import { EndMandate, OperatorMandateList, toOperatorMandate } from './mandates.dto.js';
import { Mandates } from './mandates.service.js';

/** Who acts for an enterprise, or for which enterprises somebody acts, as operators see it. */
@ApiTags('Operators')
@Controller('operator/subjects/:id/mandates')
export class OperatorMandatesController {
  constructor(
    private readonly clock: Clock,
    private readonly mandates: Mandates,
  ) {}

  @Get()
  @ForOperator('subject.read')
  @RecordsLook('profile')
  @ApiOperation({
    summary: 'The contact person and members of an enterprise, or the enterprises that a person acts for, masked',
    operationId: 'listSubjectMandates',
  })
  @ApiOkResponse({ type: OperatorMandateList })
  async list(@Param('id', ParseUUIDPipe) id: string): Promise<OperatorMandateList> {
    const now = this.clock.now();
    return { items: (await this.mandates.allOf(id)).map((shown) => toOperatorMandate(shown, now)) };
  }

  @Post(':mandateId/ending')
  @HttpCode(204)
  @ForOperator('request.answer')
  @ApiOperation({
    summary: 'Let somebody act for an enterprise no more, at once; with its contact person its members neither',
    operationId: 'endMandate',
  })
  @ApiNoContentResponse()
  @ApiProblems(404, 'mandate.not_found')
  async end(
    @Param('id', ParseUUIDPipe) subjectId: string,
    @Param('mandateId', ParseUUIDPipe) id: string,
    @Body() { reason }: EndMandate,
  ): Promise<void> {
    await this.mandates.end({ subjectId, id }, 'endedByOperator', reason);
  }
}
