import { Injectable } from '@nestjs/common';
import { Guardianships, Mandates, type Mandate, type MemberAct } from '@abide/identity';
import { requestTypes, type RequestType } from '../request-kinds.js';
import type { SubjectRequest } from './request.entity.js';

/** What a member has to be let do to ask this, and to do anything with such a request; everything else is the contact person's. */
const memberActOf: Partial<Record<RequestType, MemberAct>> = {
  access: 'askAccess',
  portability: 'askAccess',
  correction: 'askCorrection',
};

/** Whether every member reads such a request who may fetch a package of their enterprise. */
export function isReadByMembers(type: RequestType): boolean {
  return memberActOf[type] === 'askAccess';
}

type About = Pick<SubjectRequest, 'subjectId' | 'type'>;
type Asked = Pick<SubjectRequest, 'subjectId' | 'type' | 'askedAs'>;

/** Who may do something with a request about an enterprise, or about their ward, asked each time. */
@Injectable()
export class Representatives {
  constructor(
    private readonly mandates: Mandates,
    private readonly guardianships: Guardianships,
  ) {}

  /** Of a request that somebody asked for somebody else. Inside a transaction it stays true until its end. @throws DomainError as `require`, or as `Guardianships.requireAdultGuardian` */
  async requireStill(personId: string, asked: Asked): Promise<void> {
    if (asked.askedAs !== 'guardian') return void (await this.require(personId, asked));
    await this.guardianships.lockWard(asked.subjectId);
    await this.guardianships.requireAdultGuardian(personId, asked.subjectId);
  }

  /** Inside a transaction it stays true until its end. @throws DomainError `mandate.not_found`, `.contact_only`, `.beyond_acts` */
  async require(personId: string, { subjectId, type }: About): Promise<Mandate> {
    return this.mandates.require(personId, subjectId, memberActOf[type] ?? 'contact');
  }

  async may(personId: string, { subjectId, type, askedAs }: Asked): Promise<boolean> {
    if (askedAs === 'guardian') return (await this.guardianships.guardiansOf(subjectId)).includes(personId);
    return (await this.typesOf(personId, subjectId)).includes(type);
  }

  /** The kinds of request that somebody may ask for the enterprise, and see of it; none where they act for it no more. */
  async typesOf(personId: string, enterpriseId: string): Promise<RequestType[]> {
    const held = await this.mandates.actsOf(personId, enterpriseId);
    if (held === 'everything') return [...requestTypes];
    return requestTypes.filter((type) => held.some((act) => act === memberActOf[type]));
  }
}
