import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PendingChangeAnswer } from '@abide/identity';
import type { Page } from '@abide/kernel';
import { ApiPageOf, ApiProblems, ForOperator, IfMatch, PageQuery, setEtag } from '@abide/platform';
import {
  NewThirdPartyService,
  ThirdPartyServiceChanges,
  ThirdPartyServiceDto,
  toThirdPartyService,
} from './third-party-service.dto.js';
import { Registries } from './registries.js';
import { ChangePreviewDto, RegistryChangeQuery, respondToChange, secondOperator } from './registry-answer.js';
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
  @ApiOperation({
    summary: 'Register a third-party service',
    description: secondOperator,
    operationId: 'addThirdPartyService',
  })
  @ApiCreatedResponse({ type: ThirdPartyServiceDto })
  @ApiOkResponse({ type: ChangePreviewDto, description: 'Of a dry run' })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(403, 'session.step_up_required')
  @ApiProblems(409, 'registry.code_taken')
  async add(
    @Query() { dryRun }: RegistryChangeQuery,
    @Body() body: NewThirdPartyService,
  ): Promise<ThirdPartyServiceDto | PendingChangeAnswer | ChangePreviewDto> {
    const { slug, ...facts } = body;
    return respondToChange(
      await this.registries.thirdPartyServices.add({ ...facts, code: slug, isActive: true }, { dryRun }),
      toThirdPartyService,
    );
  }

  @Patch(':slug')
  @ForOperator('registry.edit')
  @ApiOperation({
    summary: 'Change a third-party service; absent members stay as they are',
    description: secondOperator,
    operationId: 'changeThirdPartyService',
  })
  @ApiOkResponse({ type: ThirdPartyServiceDto })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(403, 'session.step_up_required')
  @ApiProblems(404, 'registry.not_found')
  @ApiProblems(409, 'registry.seed_protected', 'registry.breaks_policy')
  @ApiProblems(412, 'policy.stale_edit')
  async change(
    @Param('slug') code: string,
    @Body() body: ThirdPartyServiceChanges,
    @IfMatch() expected: string | undefined,
    @Query() { dryRun }: RegistryChangeQuery,
  ): Promise<ThirdPartyServiceDto | PendingChangeAnswer | ChangePreviewDto> {
    const { active, ...facts } = body;
    const changes = present({ ...facts, isActive: active });
    return respondToChange(
      await this.registries.thirdPartyServices.change(code, changes, { etag: expected, dryRun }),
      toThirdPartyService,
    );
  }
}
