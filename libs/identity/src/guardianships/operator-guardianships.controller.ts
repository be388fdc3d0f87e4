import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '@abide/kernel';
import { ApiPageOf, ApiProblems, ForOperator, PageQuery, readCursor, toPage } from '@abide/platform';
import { OperatorSubjects } from '../subjects/operator-subjects.service.js';
import { GuardianshipRecords } from './guardianship-records.js';
import { SubjectGuardianship, toSubjectGuardianship } from './guardianships.dto.js';

/** A minor's guardians, as operators see them. */
@ApiTags('Operators')
@Controller('operator/subjects/:id/guardianships')
export class OperatorGuardianshipsController {
  constructor(
    private readonly subjects: OperatorSubjects,
    private readonly records: GuardianshipRecords,
  ) {}

  @Get()
  @ForOperator('subject.read')
  @ApiOperation({ summary: "A subject's guardians, masked; newest first", operationId: 'listSubjectGuardianships' })
  @ApiPageOf(SubjectGuardianship)
  @ApiProblems(404, 'subject.not_found')
  async list(@Param('id', ParseUUIDPipe) id: string, @Query() { limit, cursor }: PageQuery): Promise<Page<SubjectGuardianship>> {
    await this.subjects.requireKnown(id);
    const rows = await this.records.pageOfMinor(id, limit, readCursor(cursor));
    return toPage(rows, limit, ({ guardianship: { requestedAt, id: guardianshipId } }) => ({ at: requestedAt, id: guardianshipId }), toSubjectGuardianship);
  }
}
