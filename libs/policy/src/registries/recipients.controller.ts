import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PendingChangeAnswer } from '@abide/identity';
import type { Page } from '@abide/kernel';
import { ApiPageOf, ApiProblems, ForOperator, IfMatch, PageQuery, setEtag } from '@abide/platform';
import { NewRecipient, RecipientChanges, RecipientDto, toRecipient } from './recipient.dto.js';
import { Registries } from './registries.js';
import { ChangePreviewDto, RegistryChangeQuery, respondToChange, secondOperator } from './registry-answer.js';
import { present } from './registry-entry.dto.js';
import { etagOf } from './registry.js';

/** The register of recipients of personal data. */
@ApiTags('Operators')
@Controller('operator/recipients')
export class RecipientsController {
  constructor(private readonly registries: Registries) {}

  @Get()
  @ForOperator('registry.read')
  @ApiOperation({ summary: 'List the recipients of personal data', operationId: 'listRecipients' })
  @ApiPageOf(RecipientDto)
  async list(@Query() query: PageQuery): Promise<Page<RecipientDto>> {
    const page = await this.registries.recipients.list(query);
    return { items: page.items.map(toRecipient), nextCursor: page.nextCursor };
  }

  @Get(':slug')
  @ForOperator('registry.read')
  @ApiOperation({ summary: 'Read a recipient', operationId: 'getRecipient' })
  @ApiOkResponse({ type: RecipientDto })
  @ApiProblems(404, 'registry.not_found')
  async get(@Param('slug') code: string): Promise<RecipientDto> {
    const entry = await this.registries.recipients.get(code);
    setEtag(etagOf(entry));
    return toRecipient(entry);
  }

  @Post()
  @HttpCode(201)
  @ForOperator('registry.edit')
  @ApiOperation({ summary: 'Register a recipient', description: secondOperator, operationId: 'addRecipient' })
  @ApiCreatedResponse({ type: RecipientDto })
  @ApiOkResponse({ type: ChangePreviewDto, description: 'Of a dry run' })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(400, 'registry.unknown_region')
  @ApiProblems(403, 'session.step_up_required')
  @ApiProblems(409, 'registry.code_taken')
  async add(
    @Query() { dryRun }: RegistryChangeQuery,
    @Body() body: NewRecipient,
  ): Promise<RecipientDto | PendingChangeAnswer | ChangePreviewDto> {
    const { slug, ...facts } = body;
    return respondToChange(
      await this.registries.recipients.add({ ...facts, code: slug, isActive: true }, { dryRun }),
      toRecipient,
    );
  }

  @Patch(':slug')
  @ForOperator('registry.edit')
  @ApiOperation({
    summary: 'Change a recipient; absent members stay as they are. Its kind, region and contract need a fresh sign-in',
    description: secondOperator,
    operationId: 'changeRecipient',
  })
  @ApiOkResponse({ type: RecipientDto })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(400, 'registry.unknown_region')
  @ApiProblems(403, 'session.step_up_required')
  @ApiProblems(404, 'registry.not_found')
  @ApiProblems(409, 'registry.seed_protected', 'registry.breaks_policy')
  @ApiProblems(412, 'policy.stale_edit')
  async change(
    @Param('slug') code: string,
    @Body() body: RecipientChanges,
    @IfMatch() expected: string | undefined,
    @Query() { dryRun }: RegistryChangeQuery,
  ): Promise<RecipientDto | PendingChangeAnswer | ChangePreviewDto> {
    const { active, ...facts } = body;
    const changes = present({ ...facts, isActive: active });
    return respondToChange(
      await this.registries.recipients.change(code, changes, { etag: expected, dryRun }),
      toRecipient,
    );
  }
}
