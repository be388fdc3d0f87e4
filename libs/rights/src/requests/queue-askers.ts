import { Injectable } from '@nestjs/common';
import { OperatorSubjects, Subjects, type MandateRole } from '@abide/identity';
import type { SubjectRequest } from './request.entity.js';

/** What a line of the queue says of who asks, where it is about an enterprise. */
export interface QueueAsker {
  readonly isEnterprise: boolean;
  readonly asker?: { readonly role: MandateRole; readonly name: string };
}

/** Whether requests are about enterprises, and who asked for them, masked; of many at once. */
@Injectable()
export class QueueAskers {
  constructor(
    private readonly subjects: Subjects,
    private readonly people: OperatorSubjects,
  ) {}

  async of(
    requests: readonly Pick<SubjectRequest, 'subjectId' | 'askedBy'>[],
  ): Promise<(one: Pick<SubjectRequest, 'subjectId' | 'askedBy' | 'askedAs'>) => QueueAsker> {
    const facts = await this.subjects.decisionFacts([...new Set(requests.map(({ subjectId }) => subjectId))]);
    const names = await this.people.displayNames(requests.flatMap(({ askedBy }) => askedBy ?? []));
    return ({ subjectId, askedBy, askedAs: role }) => ({
      isEnterprise: facts.get(subjectId)?.kind === 'enterprise',
      ...(role ? { asker: { role, name: names.get(askedBy ?? '') ?? '' } } : {}),
    });
  }
}
