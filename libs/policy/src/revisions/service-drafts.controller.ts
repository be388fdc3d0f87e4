import { Body, Controller, Param, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Locale } from '@abide/kernel';
import { ApiProblems, apiPrefix, ForClient, IfMatch, RequestLocale } from '@abide/platform';
import { answerDraft } from './draft-answer.js';
import { Drafts } from './drafts.service.js';
import { DraftDto } from './revision.dto.js';
import { ApiPolicyBody, toSubmittedPolicy } from './submitted-policy.js';

/** Policy-as-code: a pipeline pushes the draft that operators then review. */
@ApiTags('Services')
@Controller(`${apiPrefix}/policies`)
export class ServiceDraftsController {
  constructor(private readonly drafts: Drafts) {}

  @Put(':slug/draft')
  @ForClient('policies:write')
  @ApiOperation({ summary: 'Push the draft of a policy', operationId: 'pushDraft' })
  @ApiPolicyBody()
  @ApiOkResponse({ type: DraftDto })
  @ApiCreatedResponse({ type: DraftDto })
  @ApiProblems(400, 'policy.invalid')
  @ApiProblems(409, 'policy.wrong_state', 'policy.kind_taken')
  @ApiProblems(412, 'policy.stale_edit')
  @ApiProblems(428, 'policy.if_match_required')
  async push(@Param('slug') slug: string, @Body() body: unknown, @IfMatch() expected: string | undefined, @RequestLocale() locale: Locale): Promise<DraftDto> {
    return answerDraft(await this.drafts.save(slug, toSubmittedPolicy(body), expected), locale);
  }
}
