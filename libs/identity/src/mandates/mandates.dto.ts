import { Id, Instant, ListOf, Nested, OneOf, SomeOf, Text, Whole } from '@abide/platform';
import { IdentifierBody } from '../subjects/identifier.dto.js';
import {
  mandateEndReasons,
  mandateRoles,
  mandateStates,
  memberActs,
  type MandateEndReason,
  type MandateRole,
  type MandateState,
  type MemberAct,
} from './mandate.rules.js';
import type { ShownMandate } from './mandates.service.js';

export class NameContact {
  @Text({ max: 200, example: 'Zhou Tinglan' }) readonly name: string = '';
  @Nested(() => IdentifierBody, { description: 'Their own; they are told there and confirm it by a code' })
  readonly identifier: IdentifierBody = new IdentifierBody();
  @Text({
    asTyped: true,
    max: 256,
    optional: true,
    description: 'The current password of whoever is signed in; without one, sign in at most five minutes before',
  })
  readonly password?: string;
}

export class NameMember extends NameContact {
  @SomeOf(memberActs, { description: 'What they may do for the enterprise' }) readonly acts: readonly MemberAct[] = [];
  @Whole({ min: 1, max: 365, description: 'It expires by itself' }) readonly expiresInDays: number = 30;
}

export class EndMandate {
  @Text({ max: 500, min: 5, description: 'Kept with the evidence' }) readonly reason: string = '';
}

export class MandateResponse {
  @Id() readonly id: string = '';
  @Id() readonly enterpriseId: string = '';
  @Text({ max: 200, description: 'Of the enterprise' }) readonly enterprise: string = '';
  @Text({ max: 200, description: 'Of the person, masked' }) readonly name: string = '';
  @OneOf(mandateRoles) readonly role: MandateRole = 'contact';
  @OneOf(mandateStates, {
    description: 'named: not confirmed yet, and nothing can be done by it; lapsed: nobody confirmed it within a month',
  })
  readonly state: MandateState = 'named';
  @SomeOf(memberActs, { description: 'Of a member; the contact person may do everything' })
  readonly acts: readonly MemberAct[] = [];
  @Instant() readonly namedAt: string = '';
  @Instant({ nullable: true }) readonly confirmedAt: string | null = null;
  @Instant({ nullable: true, description: 'Of a member' }) readonly expiresAt: string | null = null;
}

export class MandateList {
  @ListOf(() => MandateResponse, { max: 100 }) readonly items: readonly MandateResponse[] = [];
}

class OperatorMandateResponse extends MandateResponse {
  @Id() readonly personId: string = '';
  @Instant({ nullable: true }) readonly endedAt: string | null = null;
  @OneOf(mandateEndReasons, { nullable: true }) readonly endReason: MandateEndReason | null = null;
}

export class OperatorMandateList {
  @ListOf(() => OperatorMandateResponse, { max: 100 }) readonly items: readonly OperatorMandateResponse[] = [];
}

export function toMandate({ mandate, enterpriseName, personName }: ShownMandate, now: Date): MandateResponse {
  return {
    id: mandate.id,
    enterpriseId: mandate.subjectId,
    enterprise: enterpriseName,
    name: personName,
    role: mandate.role,
    state: mandate.stateAt(now),
    acts: mandate.acts,
    namedAt: mandate.namedAt.toISOString(),
    confirmedAt: mandate.confirmedAt?.toISOString() ?? null,
    expiresAt: mandate.expiresAt?.toISOString() ?? null,
  };
}

export function toOperatorMandate(shown: ShownMandate, now: Date): OperatorMandateResponse {
  const { personId, endedAt, endReason } = shown.mandate;
  return {
    ...toMandate({ ...shown, enterpriseName: shown.maskedEnterpriseName }, now),
    personId,
    endedAt: endedAt?.toISOString() ?? null,
    endReason,
  };
}
