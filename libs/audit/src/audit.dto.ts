import { Id, Instant, JsonObject, OneOf, PageQuery, Text } from '@abide/platform';
import { ApiProperty } from '@nestjs/swagger';
import { actorKinds, type Details } from './entry.rules.js';
import type { ReadEntry } from './read-entry.js';

/** Which entries to list; several filters narrow each other. */
export class AuditQuery extends PageQuery {
  @Text({ max: 200, optional: true, description: 'An operator, client or subject' }) readonly actorId?: string;
  @Text({ max: 100, optional: true, example: 'policy.revision_approved' }) readonly act?: string;
  @Text({ max: 100, optional: true, example: 'revision' }) readonly objectType?: string;
  @Text({ max: 200, optional: true }) readonly objectId?: string;
  @Id({ optional: true, description: 'Whom the entry is about; finds nothing once the subject is erased' })
  readonly subjectId?: string;
  @Instant({ optional: true, description: 'At or after' }) readonly from?: string;
  @Instant({ optional: true, description: 'Before' }) readonly to?: string;
}

export class AuditActorDto {
  @OneOf(actorKinds) readonly kind: string = '';
  @Text({ max: 200, description: 'A commitment (`sha256:…`) where it was a subject that has been erased' })
  readonly id: string = '';
  @Text({ max: 200, optional: true, description: 'The name at the time; never given for subjects' })
  readonly name?: string;
}

export class AuditObjectDto {
  @Text({ max: 100, example: 'revision' }) readonly type: string = '';
  @Text({ max: 200, description: 'A commitment (`sha256:…`) where it was a subject that has been erased' })
  readonly id: string = '';
}

/** One piece of evidence, as operators read it. */
export class AuditEntryDto {
  @Id() readonly id: string = '';
  @Instant() readonly at: string = '';
  @Text({ max: 100, example: 'policy.revision_approved' }) readonly act: string = '';
  @ApiProperty({ type: AuditActorDto }) readonly actor: AuditActorDto = new AuditActorDto();
  @ApiProperty({ type: AuditObjectDto }) readonly object: AuditObjectDto = new AuditObjectDto();
  @Id({ nullable: true, description: 'Null when the entry is about nobody, or the subject was erased' })
  readonly subjectId: string | null = null;
  @Text({ max: 200, nullable: true }) readonly correlationId: string | null = null;
  @Text({ max: 10_000, nullable: true, description: 'Null when none was given, or it was erased' }) readonly reason:
    string | null = null;
  @JsonObject({ description: 'Facts about the act, without personal data' }) readonly details: Details = {};
  @ApiProperty({ description: 'Whether entry and openings match the hash and commitments they were stored with' })
  readonly isIntact: boolean = true;
}

export function toAuditEntryResponse({
  entry,
  actorId,
  actorName,
  objectId,
  subjectId,
  reason,
  isIntact,
}: ReadEntry): AuditEntryDto {
  return {
    id: entry.id,
    at: entry.at.toISOString(),
    act: entry.act,
    actor: { kind: entry.actor.kind, id: actorId, ...(actorName === null ? {} : { name: actorName }) },
    object: { type: entry.object.type, id: objectId },
    subjectId,
    correlationId: entry.correlationId,
    reason,
    details: entry.details,
    isIntact,
  };
}
