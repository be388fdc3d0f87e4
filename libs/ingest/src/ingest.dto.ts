import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

class RefusedItem {
  @ApiProperty({ description: 'Its place in the batch, from 0' }) readonly index: number = 0;
  @ApiProperty({ example: 'consent.withdrawn', description: 'A code of the gate, or of the checks before it' })
  readonly code: string = '';
  @ApiPropertyOptional({
    example: '/attributes/page',
    description: 'Where in the item its sender can mend it; with `event.malformed` always',
  })
  readonly pointer?: string;
  @ApiPropertyOptional({ example: 'must be string', description: 'What is wrong there' }) readonly reason?: string;
}

/** What became of a batch. */
export class IngestResponse {
  @ApiProperty({ description: 'How many are stored' }) readonly accepted: number = 0;
  @ApiProperty({ description: 'How many of them had been stored before' }) readonly alreadyStored: number = 0;
  @ApiProperty({ type: [RefusedItem], description: 'Nothing of these is kept' })
  readonly refused: readonly RefusedItem[] = [];
  @ApiProperty({ description: 'The batch was answered before, and this is that answer' }) readonly duplicate: boolean =
    false;
}
