import { Body, Controller, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Locale } from '@abide/kernel';
import { apiPrefix, ForClient, IfMatch, RequestLocale } from '@abide/platform';
import { answerDraft } from './draft-answer.js';
import { Drafts } from './drafts.service.js';
import type { DraftDto } from '../revisions/revision.dto.js';
import { ApiDraftSaved, toSubmittedPolicy } from './submitted-policy.js';

/** Policy-as-code: a pipeline pushes the draft that operators then review. */
@ApiTags('Services')
@Controller(`${apiPrefix}/policies`)
export class ServiceDraftsController {
  constructor(private readonly drafts: Drafts) {}

  @Put(':slug/draft')
  @ForClient('policies:write')
  @ApiOperation({ summary: 'Push the draft of a policy', operationId: 'pushDraft' })
  @ApiDraftSaved()
  async push(
    @Param('slug') slug: string,
    @Body() body: unknown,
    @IfMatch() expected: string | undefined,
    @RequestLocale() locale: Locale,
  ): Promise<DraftDto> {
    return answerDraft(await this.drafts.save(slug, toSubmittedPolicy(body), expected), locale);
  }
}
