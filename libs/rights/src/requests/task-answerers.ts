import { Injectable } from '@nestjs/common';
import { Operators, type Role } from '@abide/identity';
import { OutsideHolders, type AnsweredBy } from '@abide/holders';
import type { OperatorPrincipal } from '@abide/platform';
import { refusal } from '../rights.errors.js';
import type { RequestHolder } from './request-parts.entities.js';

/** What a holder leaves to a person, and to whom. */
export interface LeftTask {
  readonly id: string;
  readonly holder: string;
  /** Everybody who holds it; null where operators are named, or whoever answers requests may do it. */
  readonly role: Role | null;
  /** The names of operators who are named. */
  readonly people: readonly string[];
  readonly isYours: boolean;
}

/** Who does what a holder leaves to a person: of a place that only people answer for, those who were named for it; a privacy officer may always. */
@Injectable()
export class TaskAnswerers {
  constructor(
    private readonly outside: OutsideHolders,
    private readonly operators: Operators,
  ) {}

  async tasksOf(holders: readonly RequestHolder[], operator: OperatorPrincipal): Promise<LeftTask[]> {
    const tasks: LeftTask[] = [];
    for (const { holder, taskId: id } of holders) {
      if (id === null) continue;
      const answeredBy = await this.answeredBy(holder);
      const names = await this.operators.namesOf(answeredBy?.operatorIds ?? []);
      const isYours = isLeftTo(operator, answeredBy);
      tasks.push({ id, holder, role: answeredBy?.role ?? null, people: [...names.values()], isYours });
    }
    return tasks;
  }

  /** @throws DomainError `request.not_yours_to_do` */
  async require(holder: string, operator: OperatorPrincipal): Promise<void> {
    if (!isLeftTo(operator, await this.answeredBy(holder))) throw refusal('request.not_yours_to_do');
  }

  private async answeredBy(holder: string): Promise<AnsweredBy | null> {
    return (await this.outside.find(holder))?.answeredBy ?? null;
  }
}

function isLeftTo({ operatorId, roles, permissions }: OperatorPrincipal, answeredBy: AnsweredBy | null): boolean {
  if (!permissions.has('request.answer')) return false;
  if (answeredBy === null || permissions.has('request.decideAny')) return true;
  const { role, operatorIds } = answeredBy;
  return operatorIds.includes(operatorId) || (role !== null && roles.includes(role));
}
