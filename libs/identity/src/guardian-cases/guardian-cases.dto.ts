import { ApiProperty } from '@nestjs/swagger';
import { Text } from '@abide/platform';
import { decidables } from '../guardianships/guardian.rules.js';
import type { OpenedEvidence } from './guardian-decisions.service.js';
import { reviewReasons, type OpenCase } from './guardian-review.queries.js';

export class EvidenceReason {
  @Text({ min: 5, max: 500, description: 'Why it is read; kept' }) readonly reason: string = '';
}

class SeenEvidence {
  @ApiProperty({ enum: decidables }) readonly about: string = 'age';
  @ApiProperty() readonly evidence: string = '';
  @ApiProperty({ format: 'date-time' }) readonly recordedAt: string = '';
}

export class GuardianEvidence {
  @ApiProperty({ type: [SeenEvidence] }) readonly items: readonly SeenEvidence[] = [];
}

export class GuardianCase {
  @ApiProperty({ format: 'uuid', description: 'The child' }) readonly subjectId: string = '';
  @ApiProperty({ format: 'uuid' }) readonly guardianshipId: string = '';
  @ApiProperty({ example: '林**', description: 'Of the child, masked; empty when none is known yet' })
  readonly displayName: string = '';
  @ApiProperty({ enum: reviewReasons }) readonly why: string = 'ageUnknown';
  @ApiProperty({ description: 'Nothing of the child’s is used because of it' }) readonly isClosed: boolean = false;
  @ApiProperty({ format: 'date-time' }) readonly since: string = '';
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) readonly dueAt: string | null = null;
}

export function toGuardianCase({ since, dueAt: due, ...open }: OpenCase): GuardianCase {
  return { ...open, since: since.toISOString(), dueAt: due?.toISOString() ?? null };
}

export function toGuardianEvidence(opened: readonly OpenedEvidence[]): GuardianEvidence {
  return {
    items: opened.map(({ row: { about, recordedAt }, evidence }) => ({
      about,
      evidence,
      recordedAt: recordedAt.toISOString(),
    })),
  };
}
