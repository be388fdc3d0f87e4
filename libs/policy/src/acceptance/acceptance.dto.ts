import { Flag, Id, Instant, ListOf, OneOf, Text, Whole } from '@abide/platform';
import { acceptanceModes, type AcceptanceMode } from './acceptance.entity.js';
import type { AcceptanceRow, OpenAcceptance } from './acceptance.queries.js';

export class AcceptanceRequest {
  @Id({ description: 'A revision in force' }) readonly revisionId: string = '';
}

export class AcceptanceDto {
  @Id() readonly revisionId: string = '';
  @Text({ max: 60 }) readonly policySlug: string = '';
  @Whole({ min: 1, max: 1_000_000 }) readonly number: number = 1;
  @OneOf(acceptanceModes) readonly mode: AcceptanceMode = 'explicit';
  @Instant() readonly at: string = '';
}

class OpenAcceptanceDto {
  @Id() readonly revisionId: string = '';
  @Text({ max: 60 }) readonly policySlug: string = '';
  @Whole({ min: 1, max: 1_000_000 }) readonly number: number = 1;
  @Flag({ description: 'Continuing to use the service will accept it' }) readonly byUse: boolean = false;
}

/** A subject's acceptances, and the revisions in force that are still open. */
export class OwnAcceptances {
  @ListOf(() => AcceptanceDto, { max: 100 }) readonly items: AcceptanceDto[] = [];
  @Text({ max: 200, nullable: true }) readonly nextCursor: string | null = null;
  @ListOf(() => OpenAcceptanceDto, { max: 1000 }) readonly open: OpenAcceptanceDto[] = [];
}

export function toAcceptance({ at, ...row }: AcceptanceRow): AcceptanceDto {
  return { ...row, at: at.toISOString() };
}

export function toOpenAcceptance({ isAcceptedByUse, ...row }: OpenAcceptance): OpenAcceptanceDto {
  return { ...row, byUse: isAcceptedByUse };
}
