import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, ForEveryone } from '@abide/platform';
import { RegistrationFieldDto, RegistrationFieldsQuery, toRegistrationField } from './registration-fields.dto.js';
import { RegistrationFields } from './registration-fields.service.js';

/** What registration asks for, and why. */
@ApiTags('Client apps')
@Controller('registration-fields')
export class RegistrationFieldsController {
  constructor(private readonly fields: RegistrationFields) {}

  @Get()
  @ForEveryone()
  @ApiOperation({
    summary: 'What registration asks for, under which clause, and what follows where it is left out',
    operationId: 'listRegistrationFields',
  })
  @ApiOkResponse({ type: [RegistrationFieldDto] })
  @ApiProblems(400, 'request.invalid')
  async list(@Query() { kind }: RegistrationFieldsQuery): Promise<RegistrationFieldDto[]> {
    return (await this.fields.of(kind)).map(toRegistrationField);
  }
}
