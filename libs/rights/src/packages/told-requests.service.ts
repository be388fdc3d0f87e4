import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Subjects } from '@abide/identity';
import type { HeldRecord } from '@abide/platform';
import { Repository } from 'typeorm';
import { isReadByMembers } from '../requests/representatives.service.js';
import { RequestViews } from '../requests/request-view.service.js';
import { SubjectRequest } from '../requests/request.entity.js';

/** The holder of requests, and the table of which it tells. */
export const requestsHolder = 'rights.requests';
/** What a request is of, as the catalogue names it. */
export const requestCategory = 'client.instruction';

/** How much of a request is told: all that was said in it, that there is such a one, or not even that. */
type Telling = 'words' | 'existence' | 'nothing';

/** The requests about somebody as they stand in what is exported: no more of each than whoever fetches that reads by themselves, and who else asked by kind alone. */
@Injectable()
export class ToldRequests {
  constructor(
    @InjectRepository(SubjectRequest) private readonly requestRepository: Repository<SubjectRequest>,
    private readonly views: RequestViews,
    private readonly subjects: Subjects,
  ) {}

  /** `fetched`: the request whose package they go into; without it they are for the person concerned. */
  async *of(subjectId: string, fetched: SubjectRequest | null = null): AsyncGenerator<HeldRecord> {
    const isEnterprise = await this.isEnterprise(subjectId);
    for (const request of await this.about(subjectId)) {
      const telling = tellingOf(request, fetched, isEnterprise);
      if (telling === 'nothing') continue;
      const { id, openedAt: since } = request;
      const values = { ...factsOf(request), ...(telling === 'words' ? await this.said(request, isEnterprise) : {}) };
      yield { category: requestCategory, table: requestsHolder, id, since, values };
    }
  }

  /** Those that whom they are about made themselves, and of which whoever fetches a package reads the words: its files are theirs to have. */
  async ownIn(fetched: SubjectRequest): Promise<ReadonlySet<string>> {
    const isEnterprise = await this.isEnterprise(fetched.subjectId);
    const told = (await this.about(fetched.subjectId)).filter(
      (request) => request.askedAs === null && tellingOf(request, fetched, isEnterprise) === 'words',
    );
    return new Set(told.map(({ id }) => id));
  }

  /** Whether the account itself is another's to whoever fetches the package: a ward's, or an enterprise's. */
  async isForAnother(fetched: SubjectRequest): Promise<boolean> {
    return fetched.askedAs === 'guardian' || this.isEnterprise(fetched.subjectId);
  }

  private about(subjectId: string): Promise<SubjectRequest[]> {
    return this.requestRepository.find({ where: { subjectId }, order: { openedAt: 'ASC' } });
  }

  private async isEnterprise(subjectId: string): Promise<boolean> {
    return (await this.subjects.find(subjectId))?.kind === 'enterprise';
  }

  /** As whom it is about reads it; never what an operator noted of who asked. */
  private async said(request: SubjectRequest, isEnterprise: boolean): Promise<object> {
    const { content, answer, events } = await this.views.forSubject(request, 'all');
    const { text, corrections, target, service = null, requester } = content;
    const isTheirs = request.askedAs === null && !isEnterprise;
    return {
      text,
      corrections,
      target,
      service,
      ...(requester && isTheirs ? { requester } : {}),
      answer,
      events: events.map(({ at, act, by, text: words }) => ({ at, act, by, text: words })),
    };
  }
}

/** A package of an enterprise is fetched by every member who was let ask for one, and a guardian's by who reads nothing that the ward asked alone. */
function tellingOf(
  { id, type, askedAs, askedBy, isAskedByAnother }: SubjectRequest,
  fetched: SubjectRequest | null,
  isEnterprise: boolean,
): Telling {
  if (isEnterprise) return isReadByMembers(type) ? 'words' : 'nothing';
  if (fetched?.askedAs === 'guardian')
    return askedAs === 'guardian' && askedBy !== null && askedBy === fetched.askedBy ? 'words' : 'nothing';
  if (!isAskedByAnother || id === fetched?.id) return 'words';
  return fetched?.askedAs === 'relative' ? 'nothing' : 'existence';
}

/** What a second operator has yet to agree to is not decided. */
function factsOf({ number, type, state, outcome, askedAs }: SubjectRequest): object {
  return { number, type, state, outcome: state === 'awaitingSecond' ? null : outcome, askedAs };
}
