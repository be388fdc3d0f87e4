import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '@abide/kernel';
import { ApiPageOf, ApiProblems, ForOperator, IfMatch, PageQuery, setEtag } from '@abide/platform';
import { NewService, ServiceChanges, ServiceDto, toService } from './service.dto.js';
import { Registries } from './registries.js';
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
  @ApiOperation({ summary: 'Register a service of the platform', operationId: 'addService' })
  @ApiCreatedResponse({ type: ServiceDto })
  @ApiProblems(409, 'registry.code_taken')
  async add(@Body() body: NewService): Promise<ServiceDto> {
    const { code, name, purpose, locationBased } = body;
    return toService(await this.registries.services.add({ code, name, purpose, isLocationBased: locationBased, isActive: true }));
  }

  @Patch(':code')
  @ForOperator('registry.edit')
  @ApiOperation({ summary: 'Change a service of the platform; absent members stay as they are', operationId: 'changeService' })
  @ApiOkResponse({ type: ServiceDto })
  @ApiProblems(404, 'registry.not_found')
  @ApiProblems(409, 'registry.seed_protected', 'registry.breaks_policy')
  @ApiProblems(412, 'policy.stale_edit')
  async change(@Param('code') code: string, @Body() body: ServiceChanges, @IfMatch() expected: string | undefined): Promise<ServiceDto> {
    const { name, purpose, locationBased, active } = body;
    const changes = present({ name, purpose, isLocationBased: locationBased, isActive: active });
    const entry = await this.registries.services.change(code, changes, expected);
    setEtag(etagOf(entry));
    return toService(entry);
  }
}
