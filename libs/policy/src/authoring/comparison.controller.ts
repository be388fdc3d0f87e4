import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { ApiProblems, ForOperator, LocalizedText, Nested, SomeOf, Text } from '@abide/platform';
import { noticeChannels, type NoticeChannel } from '@abide/rulebook';
import { noticeText } from '../activation/notice-text.js';
import { Scheduling } from '../activation/scheduling.service.js';
import { Revisions } from '../revisions/revisions.js';
import { ReviewedComparison } from '../comparison/comparison.dto.js';
import { Comparisons } from '../comparison/comparisons.js';

class ComparisonQuery {
  @Text({
    max: 36,
    optional: true,
    example: 'inForce',
    description:
      'A revision of the same policy, or inForce; a revision in force itself is then compared with its predecessor',
  })
  readonly with: string = 'inForce';
}

/** The notice that scheduling the revision now would publish. */
class NoticePreview {
  @Nested(() => LocalizedText) readonly title: LocalizedText = new LocalizedText();
  @Nested(() => LocalizedText) readonly body: LocalizedText = new LocalizedText();
  @Text({ max: 300 }) readonly link: string = '';
  @SomeOf(noticeChannels, { description: 'Used in any case' }) readonly channels: readonly NoticeChannel[] = [];
  @ApiProperty({
    type: 'array',
    items: { type: 'array', items: { type: 'string', enum: [...noticeChannels] } },
    description: 'Of each list one is enough for each subject, the preferred first',
    example: [['email', 'sms']],
  })
  readonly anyOf: readonly (readonly NoticeChannel[])[] = [];
}

/** What a revision changes, and what people would be told of it. */
@ApiTags('Operators')
@Controller('operator/revisions')
export class ComparisonController {
  constructor(
    private readonly revisions: Revisions,
    private readonly comparisons: Comparisons,
    private readonly scheduling: Scheduling,
  ) {}

  @Get(':id/comparison')
  @ForOperator('policy.read')
  @ApiOperation({
    summary: 'Compare a revision with another one: terms with their consequence, texts word by word',
    operationId: 'compareRevision',
  })
  @ApiOkResponse({ type: ReviewedComparison })
  @ApiProblems(404, 'policy.revision_not_found')
  @ApiProblems(409, 'policy.too_extensive')
  @ApiProblems(429, 'policy.calculating')
  async compare(@Param('id') id: string, @Query() query: ComparisonQuery): Promise<ReviewedComparison> {
    const revision = await this.revisions.get(id);
    const compared =
      query.with === 'inForce'
        ? await this.comparisons.withPresent(revision)
        : await this.comparisons.between(await this.revisions.getOfPolicy(query.with, revision.policyId), revision);
    return { ...(await this.comparisons.inWords(compared)), warnings: [...compared.comparison.warnings] };
  }

  @Get(':id/notice-preview')
  @ForOperator('policy.read')
  @ApiOperation({
    summary: 'Read the notice that scheduling this revision would publish',
    operationId: 'previewNotice',
  })
  @ApiOkResponse({ type: NoticePreview })
  @ApiProblems(404, 'policy.revision_not_found')
  async preview(@Param('id') id: string): Promise<NoticePreview> {
    const { compared, announcement } = await this.scheduling.preview(await this.revisions.get(id));
    const { from, to, comparison } = compared;
    const { materiality, announcedBy } = announcement;
    const { title, summary, link } = noticeText({
      document: to.document,
      number: to.number,
      from: from?.number ?? null,
      materiality,
      differences: comparison.differences,
    });
    return { title, body: summary, link, ...(materiality === 'editorial' ? { channels: [], anyOf: [] } : announcedBy) };
  }
}
