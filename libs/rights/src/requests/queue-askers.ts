import { Injectable } from '@nestjs/common';
import { OperatorSubjects, Subjects } from '@abide/identity';
import type { AskerRole, SubjectRequest } from './request.entity.js';

/** What a line of the queue says of who asks, where it is about an enterprise or a ward. */
export interface QueueAsker {
  readonly isEnterprise: boolean;
  readonly asker?: { readonly role: AskerRole; readonly name: string };
  /** Whom a guardian asks for, masked. */
  readonly wardName: string | null;
}

/** Whether requests are about enterprises or wards, and who asked for them, masked; of many at once. */
@Injectable()
export class QueueAskers {
  constructor(
    private readonly subjects: Subjects,
    private readonly people: OperatorSubjects,
  ) {}

  async of(
    requests: readonly Pick<SubjectRequest, 'subjectId' | 'askedBy' | 'askedAs'>[],
  ): Promise<(one: Pick<SubjectRequest, 'subjectId' | 'askedBy' | 'askedAs'>) => QueueAsker> {
    const facts = await this.subjects.decisionFacts([...new Set(requests.map(({ subjectId }) => subjectId))]);
    const wards = requests.flatMap(({ subjectId, askedAs }) => (askedAs === 'guardian' ? [subjectId] : []));
    const names = await this.people.displayNames([...wards, ...requests.flatMap(({ askedBy }) => askedBy ?? [])]);
    return ({ subjectId, askedBy, askedAs: role }) => ({
      isEnterprise: facts.get(subjectId)?.kind === 'enterprise',
      wardName: role === 'guardian' ? (names.get(subjectId) ?? null) : null,
      ...(role ? { asker: { role, name: names.get(askedBy ?? '') ?? '' } } : {}),
    });
  }
}
