import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ForEveryone } from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import { SchemasResponse, toSchemas } from './schemas.dto.js';

/** What an event of each category may hold. */
@ApiTags('Services', 'Client apps')
@Controller('telemetry/schemas')
export class SchemasController {
  constructor(private readonly rulebooks: EffectiveRulebook) {}

  @Get()
  @ForEveryone()
  @ApiOperation({
    summary: 'The JSON Schema of an event of each category that events come in of',
    description:
      '`attributes` are stored in plain, for analysis; `personal` is sealed under the key of the subject. A category that is registered without fields takes none.',
    operationId: 'listTelemetrySchemas',
  })
  @ApiOkResponse({ type: SchemasResponse })
  async list(): Promise<SchemasResponse> {
    return toSchemas(await this.rulebooks.current());
  }
}
