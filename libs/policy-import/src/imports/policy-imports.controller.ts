import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Operators } from '@abide/identity';
import type { Locale, Page } from '@abide/kernel';
import {
  ApiPageOf,
  ApiProblems,
  CurrentOperator,
  ForOperator,
  IfMatch,
  readCursor,
  RequestLocale,
  setEtag,
  toPage,
  UploadRoute,
  type OperatorPrincipal,
} from '@abide/platform';
import { ImportDrafts } from './import-drafts.service.js';
import { ApiUnreadable, ImportFileReceiver, ReceivedFile, type ImportFile } from './import-file.js';
import {
  AddTerm,
  AskGaps,
  DecideProposals,
  EditClauses,
  ListImports,
  SaveAsDraft,
  toAddedTerm,
  toChoice,
  toClauseEdit,
  TranslateClause,
} from './import-acts.dto.js';
import { GapsResponse, PolicyImportLine, PolicyImportResponse, toGap, toImport, toLine } from './import.dto.js';
import type { PolicyImport } from './policy-import.entity.js';
import { PolicyImports } from './policy-imports.service.js';

/** Policies that somebody has already, on their way to a draft. */
@ApiTags('Operators')
@Controller('operator/policy-imports')
export class PolicyImportsController {
  constructor(
    private readonly imports: PolicyImports,
    private readonly drafts: ImportDrafts,
    private readonly operators: Operators,
  ) {}

  @Post()
  @ForOperator('policy.edit')
  @UploadRoute(ImportFileReceiver)
  @ApiOperation({
    summary: 'Bring a policy that one has: its clauses, and what its sentences seem to promise',
    description:
      'A Word file (.docx), a page, Markdown or plain text of 10 MiB and 500,000 characters at most; what it is, its content tells. The file is not kept. Nothing that is proposed is a term before somebody has accepted it.',
    operationId: 'importPolicy',
  })
  @ApiCreatedResponse({ type: PolicyImportResponse })
  @ApiUnreadable()
  @ApiProblems(409, 'import.too_many_open', 'import.too_extensive')
  async begin(
    @ReceivedFile() file: ImportFile,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<PolicyImportResponse> {
    return this.answer(await this.imports.begin(file, operatorId));
  }

  @Get()
  @ForOperator('policy.edit')
  @ApiOperation({
    summary: 'Imports in a state; of those that are open, one’s own first',
    operationId: 'listPolicyImports',
  })
  @ApiPageOf(PolicyImportLine)
  @ApiProblems(400, 'request.bad_cursor')
  async list(
    @Query() { state, limit, cursor }: ListImports,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<Page<PolicyImportLine>> {
    const found = await this.imports.list(state, operatorId, { limit, after: readCursor(cursor) });
    const names = await this.operators.namesOf([...new Set(found.map(({ createdBy }) => createdBy))]);
    return toPage(
      found,
      limit,
      ({ createdAt, id }) => ({ at: createdAt, id }),
      (line) => toLine(line, names),
    );
  }

  @Get(':id')
  @ForOperator('policy.edit')
  @ApiOperation({ summary: 'An import with its clauses and proposals', operationId: 'getPolicyImport' })
  @ApiOkResponse({ type: PolicyImportResponse })
  @ApiProblems(404, 'import.not_found')
  async get(@Param('id', ParseUUIDPipe) id: string): Promise<PolicyImportResponse> {
    return this.answer(await this.imports.get(id));
  }

  @Get(':id/missing')
  @ForOperator('policy.edit')
  @ApiOperation({ summary: 'What an import lacks before it is a policy', operationId: 'getPolicyImportGaps' })
  @ApiOkResponse({ type: GapsResponse })
  @ApiProblems(404, 'import.not_found')
  @ApiProblems(409, 'import.closed', 'policy.too_extensive')
  async gaps(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() asked: AskGaps,
    @RequestLocale() locale: Locale,
  ): Promise<GapsResponse> {
    return { items: (await this.drafts.gaps(id, asked)).map((gap) => toGap(gap, locale)) };
  }

  @Patch(':id/decisions')
  @ForOperator('policy.edit')
  @ApiOperation({ summary: 'Accept or decline proposals, or take that back', operationId: 'decideOnProposals' })
  @ApiOkResponse({ type: PolicyImportResponse })
  @ApiProblems(400, 'request.invalid')
  @ApiProblems(404, 'import.not_found')
  @ApiProblems(409, 'import.closed', 'import.unknown_proposal')
  @ApiProblems(412, 'import.stale_edit')
  async decide(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { decisions }: DecideProposals,
    @IfMatch() expected: string | undefined,
  ): Promise<PolicyImportResponse> {
    const { proposals } = await this.imports.get(id);
    const proposed = new Map(proposals.map((proposal) => [proposal.id, proposal.term]));
    const choices = decisions.map((choice) => toChoice(choice, proposed.get(choice.proposalId)));
    return this.answer(await this.imports.decide(id, choices, expected));
  }

  @Post(':id/terms')
  @HttpCode(200)
  @ForOperator('policy.edit')
  @ApiOperation({
    summary: 'Add a term to a clause where nothing was proposed',
    description:
      'It stands among the proposals as accepted, and is declined and taken up again as they are. Where its words are changed it is undecided again. The same twice changes nothing.',
    operationId: 'addImportedTerm',
  })
  @ApiOkResponse({ type: PolicyImportResponse })
  @ApiProblems(400, 'request.invalid')
  @ApiProblems(404, 'import.not_found')
  @ApiProblems(409, 'import.closed', 'import.unknown_place', 'import.edit_impossible')
  @ApiProblems(412, 'import.stale_edit')
  async addTerm(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() added: AddTerm,
    @IfMatch() expected: string | undefined,
  ): Promise<PolicyImportResponse> {
    return this.answer(await this.imports.addTerm(id, toAddedTerm(added), expected));
  }

  @Patch(':id/clauses')
  @ForOperator('policy.edit')
  @ApiOperation({
    summary: 'Split, join, name, write, number or remove clauses',
    description:
      'What is proposed in a clause that changed is proposed anew; what was decided stays where sentence and term are the same.',
    operationId: 'editImportedClauses',
  })
  @ApiOkResponse({ type: PolicyImportResponse })
  @ApiProblems(400, 'request.invalid')
  @ApiProblems(404, 'import.not_found')
  @ApiProblems(409, 'import.closed', 'import.unknown_clause', 'import.edit_impossible', 'import.too_extensive')
  @ApiProblems(412, 'import.stale_edit')
  @ApiProblems(429, 'import.busy')
  async edit(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { edits }: EditClauses,
    @IfMatch() expected: string | undefined,
  ): Promise<PolicyImportResponse> {
    return this.answer(await this.imports.edit(id, edits.map(toClauseEdit), expected));
  }

  @Put(':id/clauses/:clauseId/translation')
  @ForOperator('policy.edit')
  @ApiOperation({ summary: 'Write a clause in the other language', operationId: 'translateImportedClause' })
  @ApiOkResponse({ type: PolicyImportResponse })
  @ApiProblems(404, 'import.not_found')
  @ApiProblems(409, 'import.closed', 'import.unknown_clause')
  @ApiProblems(412, 'import.stale_edit')
  async translate(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('clauseId') clauseId: string,
    @Body() { heading, body }: TranslateClause,
    @IfMatch() expected: string | undefined,
  ): Promise<PolicyImportResponse> {
    return this.answer(await this.imports.translate(id, { clauseId, heading, body }, expected));
  }

  @Post(':id/translations')
  @HttpCode(200)
  @ForOperator('policy.edit')
  @UploadRoute(ImportFileReceiver)
  @ApiOperation({
    summary: 'Take the other language from a whole document',
    description:
      'Its clauses are matched by position where there are as many, else by their numbers; what finds no counterpart stays untranslated. The file is not kept.',
    operationId: 'translatePolicyImport',
  })
  @ApiOkResponse({ type: PolicyImportResponse })
  @ApiUnreadable()
  @ApiProblems(404, 'import.not_found')
  @ApiProblems(409, 'import.closed', 'import.same_language', 'import.nothing_paired', 'import.too_extensive')
  @ApiProblems(412, 'import.stale_edit')
  async translateFrom(
    @Param('id', ParseUUIDPipe) id: string,
    @ReceivedFile() file: ImportFile,
    @IfMatch() expected: string | undefined,
  ): Promise<PolicyImportResponse> {
    return this.answer(await this.imports.translateFrom(id, file, expected));
  }

  @Post(':id/draft')
  @HttpCode(200)
  @ForOperator('policy.edit')
  @ApiOperation({
    summary: 'Save an import as the draft of a policy, with the terms that were accepted and no other',
    operationId: 'draftPolicyImport',
  })
  @ApiOkResponse({ type: PolicyImportResponse })
  @ApiProblems(400, 'policy.invalid', 'policy.tests_invalid')
  @ApiProblems(404, 'import.not_found')
  @ApiProblems(
    409,
    'import.closed',
    'import.untranslated',
    'policy.wrong_state',
    'policy.kind_taken',
    'policy.too_extensive',
  )
  @ApiProblems(412, 'import.stale_edit', 'policy.stale_edit')
  @ApiProblems(428, 'policy.if_match_required')
  async draft(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { withTests, tests: chosen, replacesTests, ...wanted }: SaveAsDraft,
    @IfMatch() expected: string | undefined,
    @RequestLocale() locale: Locale,
  ): Promise<PolicyImportResponse> {
    const about = chosen?.map(({ clauseId: clause, category, purpose }) => ({ clause, category, purpose }));
    const tests = withTests ? { locale, replaces: replacesTests, about } : undefined;
    await this.drafts.draft(id, { ...wanted, tests }, expected);
    return this.answer(await this.imports.get(id));
  }

  @Delete(':id')
  @HttpCode(200)
  @ForOperator('policy.edit')
  @ApiOperation({ summary: 'Discard an import; nothing of its text is kept', operationId: 'discardPolicyImport' })
  @ApiOkResponse({ type: PolicyImportResponse })
  @ApiProblems(404, 'import.not_found')
  @ApiProblems(409, 'import.closed')
  @ApiProblems(412, 'import.stale_edit')
  async discard(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() expected: string | undefined,
  ): Promise<PolicyImportResponse> {
    return this.answer(await this.imports.discard(id, expected));
  }

  private async answer(imported: PolicyImport): Promise<PolicyImportResponse> {
    setEtag(String(imported.version));
    return toImport(imported, await this.operators.namesOf([imported.createdBy]));
  }
}
