import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PendingChangeAnswer } from '@abide/identity';
import type { Page } from '@abide/kernel';
import { ApiPageOf, ApiProblems, ForOperator, IfMatch, PageQuery, setEtag } from '@abide/platform';
import { NewPurpose, PurposeChanges, PurposeDto, toPurpose } from './purpose.dto.js';
import { Registries } from './registries.js';
import { ChangePreviewDto, RegistryChangeQuery, respondToChange, secondOperator } from './registry-answer.js';
import { present } from './registry-entry.dto.js';
import { etagOf } from './registry.js';

/** The register of purposes. */
@ApiTags('Operators')
@Controller('operator/purposes')
export class PurposesController {
  constructor(private readonly registries: Registries) {}

  @Get()
  @ForOperator('registry.read')
  @ApiOperation({ summary: 'List the purposes', operationId: 'listPurposes' })
  @ApiPageOf(PurposeDto)
  async list(@Query() query: PageQuery): Promise<Page<PurposeDto>> {
    const page = await this.registries.purposes.list(query);
    return { items: page.items.map(toPurpose), nextCursor: page.nextCursor };
  }

  @Get(':code')
  @ForOperator('registry.read')
  @ApiOperation({ summary: 'Read a purpose', operationId: 'getPurpose' })
  @ApiOkResponse({ type: PurposeDto })
  @ApiProblems(404, 'registry.not_found')
  async get(@Param('code') code: string): Promise<PurposeDto> {
    const entry = await this.registries.purposes.get(code);
    setEtag(etagOf(entry));
    return toPurpose(entry);
  }

  @Post()
  @HttpCode(201)
  @ForOperator('registry.edit')
  @ApiOperation({ summary: 'Register a purpose', description: secondOperator, operationId: 'addPurpose' })
  @ApiCreatedResponse({ type: PurposeDto })
  @ApiOkResponse({ type: ChangePreviewDto, description: 'Of a dry run' })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(403, 'session.step_up_required')
  @ApiProblems(409, 'registry.code_taken')
  async add(
    @Query() { dryRun }: RegistryChangeQuery,
    @Body() body: NewPurpose,
  ): Promise<PurposeDto | PendingChangeAnswer | ChangePreviewDto> {
    const { code, name, coveredByGpc } = body;
    return respondToChange(
      await this.registries.purposes.add(
        { code, label: name, isCoveredByGpc: coveredByGpc, isSeed: false },
        { dryRun },
      ),
      toPurpose,
    );
  }

  @Patch(':code')
  @ForOperator('registry.edit')
  @ApiOperation({
    summary: 'Change a purpose; absent members stay as they are',
    description: secondOperator,
    operationId: 'changePurpose',
  })
  @ApiOkResponse({ type: PurposeDto })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(403, 'session.step_up_required')
  @ApiProblems(404, 'registry.not_found')
  @ApiProblems(409, 'registry.seed_protected', 'registry.breaks_policy')
  @ApiProblems(412, 'policy.stale_edit')
  async change(
    @Param('code') code: string,
    @Body() body: PurposeChanges,
    @IfMatch() expected: string | undefined,
    @Query() { dryRun }: RegistryChangeQuery,
  ): Promise<PurposeDto | PendingChangeAnswer | ChangePreviewDto> {
    const changes = present({ label: body.name, isCoveredByGpc: body.coveredByGpc });
    return respondToChange(await this.registries.purposes.change(code, changes, { etag: expected, dryRun }), toPurpose);
  }
}
