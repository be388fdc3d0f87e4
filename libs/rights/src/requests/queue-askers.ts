import { Injectable } from '@nestjs/common';
import { OperatorSubjects, Subjects } from '@abide/identity';
import type { AskerRole, SubjectRequest } from './request.entity.js';

/** What a line of the queue says of whom it is about, and of who asks for an enterprise or a ward. */
export interface QueueAsker {
  /** Masked; null where no name is kept of them. */
  readonly personName: string | null;
  readonly hasAccount: boolean;
  readonly isEnterprise: boolean;
  readonly asker?: { readonly role: AskerRole; readonly name: string };
  /** Whom a guardian asks for, masked. */
  readonly wardName: string | null;
}

/** Whom requests are about, whether that is an enterprise or a ward, and who asked for them, masked; of many at once. */
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
    const named = requests.flatMap(({ subjectId, askedBy }) => (askedBy ? [subjectId, askedBy] : [subjectId]));
    const names = await this.people.displayNames(named);
    return ({ subjectId, askedBy, askedAs: role }) => ({
      personName: names.get(subjectId) ?? null,
      hasAccount: facts.has(subjectId),
      isEnterprise: facts.get(subjectId)?.kind === 'enterprise',
      wardName: role === 'guardian' ? (names.get(subjectId) ?? null) : null,
      ...(role ? { asker: { role, name: names.get(askedBy ?? '') ?? '' } } : {}),
    });
  }
}
