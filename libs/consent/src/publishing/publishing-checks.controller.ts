import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Locale } from '@abide/kernel';
import {
  ApiProblems,
  CreatesNothing,
  CurrentSubject,
  Flag,
  ForSubject,
  ListOf,
  OneOf,
  RequestLocale,
  Text,
  Texts,
  type SubjectPrincipal,
} from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import { SubjectFactsLoader } from '../gate/facts/subject-facts.loader.js';
import { requireRegistered } from '../gate/registered-codes.js';
import { publishingWarnings, warningCodes, type WarningCode } from './publishing.rules.js';

class PublishingCheckRequest {
  @Texts({ max: 100, maxLength: 80, optional: true, description: 'Kinds of data that it contains' })
  readonly categories?: string[];
  @Flag({ optional: true, description: 'It tells where it was made' }) readonly hasPlace?: boolean;
  @Flag({ optional: true, description: 'It tells when it was made' }) readonly hasTime?: boolean;
  @Flag({ optional: true, description: 'Faces can be seen in it' }) readonly hasFaces?: boolean;
  @Text({
    max: 80,
    example: 'public',
    description: 'Who will see it: `self` is nobody else; every other word counts as others',
  })
  readonly audience: string = '';
}

class PublishingWarningDto {
  @OneOf(warningCodes) readonly code: WarningCode = 'sensitive';
  @Text({ max: 100, example: 'content.metadata' }) readonly category: string = '';
  @Text({ max: 500, description: 'In the language asked for' }) readonly text: string = '';
}

class PublishingCheckResponse {
  @ListOf(() => PublishingWarningDto, { max: 500 }) readonly warnings: readonly PublishingWarningDto[] = [];
  @Flag({ description: 'Ask me before it is published: it may reveal something, and others will see it' })
  readonly ask: boolean = false;
}

/** What an upload may reveal, before it happens. */
@ApiTags('Client apps')
@Controller('me/publishing-checks')
export class PublishingChecksController {
  constructor(
    private readonly rulebooks: EffectiveRulebook,
    private readonly subjectFacts: SubjectFactsLoader,
  ) {}

  @Post()
  @HttpCode(200)
  @CreatesNothing()
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'What an upload of mine may reveal to others',
    description: 'By the registry of categories and the policy in force. Nothing is stored.',
    operationId: 'checkMyPublishing',
  })
  @ApiOkResponse({ type: PublishingCheckResponse })
  @ApiProblems(400, 'question.unknownCategory')
  async check(
    @Body() { categories = [], hasPlace = false, hasTime = false, hasFaces = false, audience }: PublishingCheckRequest,
    @CurrentSubject() { subjectId }: SubjectPrincipal,
    @RequestLocale() locale: Locale,
  ): Promise<PublishingCheckResponse> {
    const { rulebook, registry } = await this.rulebooks.current();
    requireRegistered(rulebook, { categories });
    const known = await this.subjectFacts.of(subjectId);
    const warnings = publishingWarnings(
      { categories: [...new Set(categories)], hasPlace, hasTime, hasFaces },
      {
        categories: registry.catalogue.categories,
        atoms: rulebook.atoms,
        isUnder14: known?.minorStatus === 'under14',
        locale,
      },
    );
    return { warnings, ask: warnings.length > 0 && audience !== 'self' };
  }
}
