import { Controller, Headers, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, ForEveryone, KeepsText, SignedText } from '@abide/platform';
import { HolderCallbacks } from './holder-callbacks.service.js';

/** Where holders outside that answered 202 post what they did. */
@ApiTags('Services')
@Controller('holder-answers')
export class HolderAnswersController {
  constructor(private readonly callbacks: HolderCallbacks) {}

  @Post(':id')
  @HttpCode(204)
  @KeepsText()
  @ForEveryone()
  @ApiOperation({
    summary: 'The answer of a holder outside to a question that it had taken with 202',
    description:
      'Signed with the secret of the holder, see docs/holder-protocol.yaml. A second answer changes nothing.',
    operationId: 'takeHolderAnswer',
  })
  @ApiBody({ schema: { type: 'object', additionalProperties: true } })
  @ApiNoContentResponse()
  @ApiProblems(400, 'request.invalid')
  @ApiProblems(401, 'holder.unproven')
  @ApiProblems(404, 'holder.not_waited_for')
  async take(
    @Param('id', ParseUUIDPipe) id: string,
    @SignedText() body: string,
    @Headers() headers: Readonly<Record<string, string>>,
  ): Promise<void> {
    await this.callbacks.take(id, headers, body);
  }
}
