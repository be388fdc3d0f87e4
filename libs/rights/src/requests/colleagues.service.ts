import { Injectable } from '@nestjs/common';
import { Operators } from '@abide/identity';
import { barrierOf, Deciders } from './deciders.js';
import type { SubjectRequest } from './request.entity.js';

/** Somebody who may answer a request. */
export interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly mayDecide: boolean;
  /** Decides on every kind. */
  readonly isOfficer: boolean;
}

/** Who may be given a request: whoever answers requests and had no part in what was decided before an appeal. */
@Injectable()
export class Colleagues {
  constructor(
    private readonly operators: Operators,
    private readonly deciders: Deciders,
  ) {}

  async of(request: SubjectRequest): Promise<Colleague[]> {
    const answering = await this.operators.holding('request.answer');
    const earlier = await this.deciders.earlier(request);
    const others = answering.filter(({ id }) => !earlier.has(id));
    return others.map(({ id, name, permissions }) => ({
      id,
      name,
      isOfficer: permissions.includes('request.decideAny'),
      mayDecide: barrierOf(request, { operatorId: id, permissions: new Set(permissions) }, earlier) === null,
    }));
  }
}
