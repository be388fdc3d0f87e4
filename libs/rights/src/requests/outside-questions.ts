import { Injectable } from '@nestjs/common';
import type { OutsideQuestion } from '@abide/holders';
import { RequestRecords } from './request-records.js';
import type { SubjectRequest } from './request.entity.js';

/** What holders outside are asked for a request: about whom it was when identity was proven, whatever became of the account since. */
@Injectable()
export class OutsideQuestions {
  constructor(private readonly records: RequestRecords) {}

  /** Those outside who have to answer, by name; none before identity is proven. */
  async asked(request: SubjectRequest): Promise<string[]> {
    if (request.scope === null) return [];
    const { holders } = await this.records.scope(request);
    return holders.filter(({ phase }) => phase === 'outside').map(({ name }) => name);
  }

  /** The same in every attempt; an appeal asks anew. */
  async of(request: SubjectRequest, categories: readonly string[] = request.categories): Promise<OutsideQuestion> {
    const { identifiers } = await this.records.scope(request);
    const { id: reference, subjectId: id } = request;
    return { reference, requestId: questionId(request), subject: { id, identifiers }, categories };
  }
}

export function questionId({ id, round }: SubjectRequest): string {
  return round === 1 ? id : `${id}_${round}`;
}
