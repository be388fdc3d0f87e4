import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PendingChangeAnswer } from '@abide/identity';
import type { Page } from '@abide/kernel';
import { ApiPageOf, ApiProblems, ForOperator, IfMatch, PageQuery, setEtag } from '@abide/platform';
import { NewService, ServiceChanges, ServiceDto, toService } from './service.dto.js';
import { Registries } from './registries.js';
import { ChangePreviewDto, RegistryChangeQuery, respondToChange, secondOperator } from './registry-answer.js';
import { present } from './registry-entry.dto.js';
import { etagOf } from './registry.js';

/** The register of the platform's services. */
@ApiTags('Operators')
@Controller('operator/services')
export class ServicesController {
  constructor(private readonly registries: Registries) {}

  @Get()
  @ForOperator('registry.read')
  @ApiOperation({ summary: 'List the services of the platform', operationId: 'listServices' })
  @ApiPageOf(ServiceDto)
  async list(@Query() query: PageQuery): Promise<Page<ServiceDto>> {
    const page = await this.registries.services.list(query);
    return { items: page.items.map(toService), nextCursor: page.nextCursor };
  }

  @Get(':code')
  @ForOperator('registry.read')
  @ApiOperation({ summary: 'Read a service of the platform', operationId: 'getService' })
  @ApiOkResponse({ type: ServiceDto })
  @ApiProblems(404, 'registry.not_found')
  async get(@Param('code') code: string): Promise<ServiceDto> {
    const entry = await this.registries.services.get(code);
    setEtag(etagOf(entry));
    return toService(entry);
  }

  @Post()
  @HttpCode(201)
  @ForOperator('registry.edit')
  @ApiOperation({
    summary: 'Register a service of the platform',
    description: secondOperator,
    operationId: 'addService',
  })
  @ApiCreatedResponse({ type: ServiceDto })
  @ApiOkResponse({ type: ChangePreviewDto, description: 'Of a dry run' })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(403, 'session.step_up_required')
  @ApiProblems(409, 'registry.code_taken')
  async add(
    @Query() { dryRun }: RegistryChangeQuery,
    @Body() body: NewService,
  ): Promise<ServiceDto | PendingChangeAnswer | ChangePreviewDto> {
    const { code, name, purpose, locationBased } = body;
    return respondToChange(
      await this.registries.services.add(
        { code, name, purpose, isLocationBased: locationBased, isActive: true },
        { dryRun },
      ),
      toService,
    );
  }

  @Patch(':code')
  @ForOperator('registry.edit')
  @ApiOperation({
    summary: 'Change a service of the platform; absent members stay as they are',
    description: secondOperator,
    operationId: 'changeService',
  })
  @ApiOkResponse({ type: ServiceDto })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(403, 'session.step_up_required')
  @ApiProblems(404, 'registry.not_found')
  @ApiProblems(409, 'registry.seed_protected', 'registry.breaks_policy')
  @ApiProblems(412, 'policy.stale_edit')
  async change(
    @Param('code') code: string,
    @Body() body: ServiceChanges,
    @IfMatch() expected: string | undefined,
    @Query() { dryRun }: RegistryChangeQuery,
  ): Promise<ServiceDto | PendingChangeAnswer | ChangePreviewDto> {
    const { name, purpose, locationBased, active } = body;
    const changes = present({ name, purpose, isLocationBased: locationBased, isActive: active });
    return respondToChange(await this.registries.services.change(code, changes, { etag: expected, dryRun }), toService);
  }
}
