import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PendingChangeAnswer } from '@abide/identity';
import type { Page } from '@abide/kernel';
import { ApiPageOf, ApiProblems, ForOperator, IfMatch, PageQuery, setEtag } from '@abide/platform';
import { NewCategory, CategoryChanges, CategoryDto, toCategory } from './category.dto.js';
import { toEventFields } from './event-fields.dto.js';
import { Registries } from './registries.js';
import { ChangePreviewDto, RegistryChangeQuery, respondToChange, secondOperator } from './registry-answer.js';
import { present } from './registry-entry.dto.js';
import { etagOf } from './registry.js';

/** The register of categories of personal data. */
@ApiTags('Operators')
@Controller('operator/categories')
export class CategoriesController {
  constructor(private readonly registries: Registries) {}

  @Get()
  @ForOperator('registry.read')
  @ApiOperation({ summary: 'List the categories of personal data', operationId: 'listCategories' })
  @ApiPageOf(CategoryDto)
  async list(@Query() query: PageQuery): Promise<Page<CategoryDto>> {
    const page = await this.registries.categories.list(query);
    return { items: page.items.map(toCategory), nextCursor: page.nextCursor };
  }

  @Get(':code')
  @ForOperator('registry.read')
  @ApiOperation({ summary: 'Read a category of personal data', operationId: 'getCategory' })
  @ApiOkResponse({ type: CategoryDto })
  @ApiProblems(404, 'registry.not_found')
  async get(@Param('code') code: string): Promise<CategoryDto> {
    const entry = await this.registries.categories.get(code);
    setEtag(etagOf(entry));
    return toCategory(entry);
  }

  @Post()
  @HttpCode(201)
  @ForOperator('registry.edit')
  @ApiOperation({
    summary: 'Register a category of personal data',
    description: secondOperator,
    operationId: 'addCategory',
  })
  @ApiCreatedResponse({ type: CategoryDto })
  @ApiOkResponse({ type: ChangePreviewDto, description: 'Of a dry run' })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(403, 'session.step_up_required')
  @ApiProblems(400, 'request.invalid')
  @ApiProblems(409, 'registry.code_taken')
  async add(
    @Query() { dryRun }: RegistryChangeQuery,
    @Body() body: NewCategory,
  ): Promise<CategoryDto | PendingChangeAnswer | ChangePreviewDto> {
    const { code, name, sensitive, location } = body;
    const eventFields = toEventFields(body.eventFields) ?? null;
    return respondToChange(
      await this.registries.categories.add(
        { code, label: name, isSensitive: sensitive, isLocation: location, isSeed: false, eventFields },
        { dryRun },
      ),
      toCategory,
    );
  }

  @Patch(':code')
  @ForOperator('registry.edit')
  @ApiOperation({
    summary: 'Change a category of personal data; absent members stay as they are',
    description: secondOperator,
    operationId: 'changeCategory',
  })
  @ApiOkResponse({ type: CategoryDto })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(400, 'request.invalid')
  @ApiProblems(403, 'session.step_up_required')
  @ApiProblems(404, 'registry.not_found')
  @ApiProblems(409, 'registry.seed_protected', 'registry.breaks_policy')
  @ApiProblems(412, 'policy.stale_edit')
  async change(
    @Param('code') code: string,
    @Body() body: CategoryChanges,
    @IfMatch() expected: string | undefined,
    @Query() { dryRun }: RegistryChangeQuery,
  ): Promise<CategoryDto | PendingChangeAnswer | ChangePreviewDto> {
    const { name, sensitive, location } = body;
    const changes = present({
      label: name,
      isSensitive: sensitive,
      isLocation: location,
      eventFields: toEventFields(body.eventFields),
    });
    return respondToChange(
      await this.registries.categories.change(code, changes, { etag: expected, dryRun }),
      toCategory,
    );
  }
}
