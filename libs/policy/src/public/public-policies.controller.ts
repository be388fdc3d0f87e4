import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '@abide/kernel';
import { ApiPageOf, apiPrefix, ApiProblems, ForEveryone, PageQuery, Whole } from '@abide/platform';
import { ComparisonDto } from '../comparison/comparison.dto.js';
import { Registries } from '../registries/registries.js';
import { Policies } from '../revisions/policies.js';
import { publishedStates } from '../revisions/revision.entity.js';
import { Precedence } from './precedence.js';
import { PublicComparisons } from './public-comparisons.js';
import {
  PublicPolicy,
  PublicPolicyText,
  PublicRevision,
  toPublicPolicy,
  toPublicPolicyText,
  toPublicRevision,
} from './public-policy.dto.js';
import { PublishedPolicies, type PublishedRevision } from './published-policies.js';
import { RevalidatedAnswer } from './revalidated-answer.js';
import { RevisionNumber } from './revision-number.js';

class ChangesQuery {
  @Whole({
    min: 1,
    max: 1_000_000,
    optional: true,
    description: 'The revision to compare with; the one in force before it unless given',
  })
  readonly from?: number;
}

/** The policies as anybody may read them, for machines. */
@ApiTags('Client apps')
@Controller(`${apiPrefix}/policies`)
@UseInterceptors(RevalidatedAnswer)
export class PublicPoliciesController {
  constructor(
    private readonly published: PublishedPolicies,
    private readonly policies: Policies,
    private readonly precedence: Precedence,
    private readonly comparisons: PublicComparisons,
    private readonly registries: Registries,
  ) {}

  @Get()
  @ForEveryone()
  @ApiOperation({ summary: 'List the policies in force', operationId: 'listPolicies' })
  @ApiPageOf(PublicPolicy)
  async list(@Query() query: PageQuery): Promise<Page<PublicPolicy>> {
    const { items, nextCursor } = await this.published.inForcePage(query);
    return { items: items.flatMap(toPublicPolicy), nextCursor };
  }

  @Get(':slug')
  @ForEveryone()
  @ApiOperation({ summary: 'Read the text in force', operationId: 'getPolicy' })
  @ApiOkResponse({ type: PublicPolicyText })
  @ApiProblems(404, 'policy.not_found')
  async get(@Param('slug') slug: string): Promise<PublicPolicyText> {
    return this.toText(await this.published.inForce(slug));
  }

  @Get(':slug/revisions')
  @ForEveryone()
  @ApiOperation({
    summary: 'List what was, is and is announced to be in force, newest first',
    operationId: 'listRevisions',
  })
  @ApiPageOf(PublicRevision)
  @ApiProblems(404, 'policy.not_found')
  async revisions(@Param('slug') slug: string, @Query() query: PageQuery): Promise<Page<PublicRevision>> {
    const { policy } = await this.published.get(slug);
    const { items, nextCursor } = await this.policies.revisions(policy.id, query, publishedStates);
    return { items: items.map(toPublicRevision), nextCursor };
  }

  @Get(':slug/revisions/:number')
  @ForEveryone()
  @ApiOperation({ summary: 'Read a published text', operationId: 'getPublishedRevision' })
  @ApiOkResponse({ type: PublicPolicyText })
  @ApiProblems(404, 'policy.not_found', 'policy.revision_not_found')
  async revision(
    @Param('slug') slug: string,
    @Param('number', RevisionNumber) number: number,
  ): Promise<PublicPolicyText> {
    return this.toText(await this.published.revision(slug, number));
  }

  @Get(':slug/revisions/:number/changes')
  @ForEveryone()
  @ApiOperation({
    summary: 'What a revision changed: terms with their consequence, texts word by word',
    operationId: 'getChanges',
  })
  @ApiOkResponse({ type: ComparisonDto })
  @ApiProblems(404, 'policy.not_found', 'policy.revision_not_found')
  async changes(
    @Param('slug') slug: string,
    @Param('number', RevisionNumber) number: number,
    @Query() { from }: ChangesQuery,
  ): Promise<ComparisonDto> {
    const published = await this.published.revision(slug, number);
    return this.comparisons.between(await this.published.before(published, from), published.revision);
  }

  private async toText(published: PublishedRevision): Promise<PublicPolicyText> {
    const { registry } = await this.registries.snapshot();
    return toPublicPolicyText(published, {
      catalogue: registry.catalogue,
      replacements: await this.precedence.replacements(),
    });
  }
}
