import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '@abide/kernel';
import { ApiPageOf, ApiProblems, ForOperator, IfMatch, PageQuery, setEtag } from '@abide/platform';
import { NewThirdPartyService, ThirdPartyServiceChanges, ThirdPartyServiceDto, toThirdPartyService } from './third-party-service.dto.js';
import { Registries } from './registries.js';
import { present } from './registry-entry.dto.js';
import { etagOf } from './registry.js';

/** The register of third-party services. */
@ApiTags('Operators')
@Controller('operator/third-party-services')
export class ThirdPartyServicesController {
  constructor(private readonly registries: Registries) {}

  @Get()
  @ForOperator('registry.read')
  @ApiOperation({ summary: 'List the third-party services', operationId: 'listThirdPartyServices' })
  @ApiPageOf(ThirdPartyServiceDto)
  async list(@Query() query: PageQuery): Promise<Page<ThirdPartyServiceDto>> {
    const page = await this.registries.thirdPartyServices.list(query);
    return { items: page.items.map(toThirdPartyService), nextCursor: page.nextCursor };
  }

  @Get(':slug')
  @ForOperator('registry.read')
  @ApiOperation({ summary: 'Read a third-party service', operationId: 'getThirdPartyService' })
  @ApiOkResponse({ type: ThirdPartyServiceDto })
  @ApiProblems(404, 'registry.not_found')
  async get(@Param('slug') code: string): Promise<ThirdPartyServiceDto> {
    const entry = await this.registries.thirdPartyServices.get(code);
    setEtag(etagOf(entry));
    return toThirdPartyService(entry);
  }

  @Post()
  @HttpCode(201)
  @ForOperator('registry.edit')
  @ApiOperation({ summary: 'Register a third-party service', operationId: 'addThirdPartyService' })
  @ApiCreatedResponse({ type: ThirdPartyServiceDto })
  @ApiProblems(409, 'registry.code_taken')
  async add(@Body() body: NewThirdPartyService): Promise<ThirdPartyServiceDto> {
    const { slug, ...facts } = body;
    return toThirdPartyService(await this.registries.thirdPartyServices.add({ ...facts, code: slug, isActive: true }));
  }

  @Patch(':slug')
  @ForOperator('registry.edit')
  @ApiOperation({ summary: 'Change a third-party service; absent members stay as they are', operationId: 'changeThirdPartyService' })
  @ApiOkResponse({ type: ThirdPartyServiceDto })
  @ApiProblems(404, 'registry.not_found')
  @ApiProblems(409, 'registry.seed_protected', 'registry.breaks_policy')
  @ApiProblems(412, 'policy.stale_edit')
  async change(@Param('slug') code: string, @Body() body: ThirdPartyServiceChanges, @IfMatch() expected: string | undefined): Promise<ThirdPartyServiceDto> {
    const { active, ...facts } = body;
    const changes = present({ ...facts, isActive: active });
    const entry = await this.registries.thirdPartyServices.change(code, changes, expected);
    setEtag(etagOf(entry));
    return toThirdPartyService(entry);
  }
}
