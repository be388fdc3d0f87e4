import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { CategoryPrecision, LineageEntry } from '@abide/consent';

/** One reason why an event is kept. */
export class LineageDto {
  @ApiProperty() readonly purpose: string = '';
  @ApiProperty({ description: 'The slug of the policy' }) readonly policy: string = '';
  @ApiProperty() readonly revision: number = 1;
  @ApiProperty({ description: 'The id of the clause' }) readonly clause: string = '';
  @ApiProperty() readonly basis: string = '';
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The consent event that it rests on' })
  readonly consentEvent: string | null = null;
  @ApiProperty({
    oneOf: [
      { type: 'string', enum: ['exact', 'truncated'] },
      { type: 'object', required: ['h3'], properties: { h3: { type: 'integer', minimum: 0, maximum: 15 } } },
    ],
    description: 'How exactly the purpose may have it',
  })
  readonly precision: CategoryPrecision = 'exact';
  @ApiPropertyOptional({
    example: 'P30D',
    description: 'How long the purpose may have it (ISO 8601, from when it occurred), where others may have it longer',
  })
  readonly kept?: string;
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'When the purpose may have it no longer, unless the session in which it happened ends before',
  })
  readonly until?: string;
}

/** Not in which session: that is nobody's but its owner's. */
export function toLineage(lineage: readonly LineageEntry[]): LineageDto[] {
  return lineage.map(({ session: _, ...entry }) => entry);
}
