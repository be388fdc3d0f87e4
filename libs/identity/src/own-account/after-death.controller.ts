import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DomainError } from '@abide/kernel';
import { ApiProblems, CurrentSubject, ForSubject, SomeOf, type SubjectPrincipal } from '@abide/platform';
import { AfterDeath } from '../subjects/after-death.service.js';
import { requireAccount } from '../subjects/own-account.rules.js';
import { relativesActs, type RelativesAct } from '../subjects/subject.entity.js';

class AfterDeathArrangement {
  @SomeOf(relativesActs, { description: 'What my near relatives may not ask after my death; empty: the law decides' })
  readonly relativesMayNot: readonly RelativesAct[] = [];
}

/** What a person arranges for the time after their death. */
@ApiTags('Client apps')
@Controller('me/after-death')
export class AfterDeathController {
  constructor(private readonly afterDeath: AfterDeath) {}

  @Get()
  @ForSubject()
  @ApiOperation({ summary: 'What I arranged for the time after my death', operationId: 'getAfterDeath' })
  @ApiOkResponse({ type: AfterDeathArrangement })
  @ApiProblems(403, 'subject.device_only')
  @ApiProblems(409, 'subject.not_a_person')
  async get(@CurrentSubject() principal: SubjectPrincipal): Promise<AfterDeathArrangement> {
    requirePerson(principal);
    return { relativesMayNot: await this.afterDeath.relativesMayNot(principal.subjectId) };
  }

  @Put()
  @ForSubject()
  @ApiOperation({
    summary: 'Say what near relatives may not ask about my data after my death',
    description: 'In place of what I said before. Whoever answers their requests is held to it.',
    operationId: 'arrangeAfterDeath',
  })
  @ApiOkResponse({ type: AfterDeathArrangement })
  @ApiProblems(403, 'subject.device_only')
  @ApiProblems(409, 'subject.not_a_person')
  async arrange(
    @CurrentSubject() principal: SubjectPrincipal,
    @Body() { relativesMayNot }: AfterDeathArrangement,
  ): Promise<AfterDeathArrangement> {
    requirePerson(principal);
    await this.afterDeath.arrange(principal.subjectId, relativesMayNot);
    return this.get(principal);
  }
}

function requirePerson(principal: SubjectPrincipal): void {
  if (requireAccount(principal) === 'person') return;
  throw new DomainError('conflict', 'subject.not_a_person', {
    detail: 'Only a person has relatives. Nothing was changed.',
  });
}
