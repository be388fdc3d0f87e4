import {
  isAnsweredByDeadline,
  isDecidedBySupport,
  requestTypes,
  type RequestState,
  type RequestType,
} from '../request-kinds.js';
import { earlierJudges } from './earlier-judges.sql.js';

export const dueFilters = ['overdue', 'today', 'week'] as const;
export type DueFilter = (typeof dueFilters)[number];

/** `second`: waits for a second look; `unreachable`: a holder does not answer; `manual`: a holder leaves something to a person, or is gone; `appeals`: is decided anew; `officer`: waits for a decision that only a privacy officer may make. */
export const onlyFilters = ['second', 'unreachable', 'manual', 'appeals', 'officer'] as const;
export type OnlyFilter = (typeof onlyFilters)[number];

/** How long ago what is not over was asked, in days: up to so many, and longer ago than those before it. */
export const agesInDays = [7, 15, 30, null] as const;
export const ageFilters = ['7', '15', '30', 'older'] as const;
export type AgeFilter = (typeof ageFilters)[number];

/** SQL over `rights.requests`: what the figures count as arrived, as answered, and as not over. */
export const hasArrived = "state NOT IN ('awaitingIdentity', 'lapsed') AND joined_to IS NULL";
export const isAnswered = "state = 'closed'";
export const isUnderWay = "closed_at IS NULL AND state <> 'awaitingIdentity'";

/** From an instant on, and before another; open where it is left out. */
export interface Span {
  readonly from?: Date | undefined;
  readonly before?: Date | undefined;
}

/** Who may give a second look, and at which kinds of request. */
export interface SecondLooker {
  readonly operatorId: string;
  readonly types: readonly RequestType[];
}

export interface QueueFilter {
  readonly state?: RequestState | undefined;
  readonly type?: RequestType | undefined;
  /** An operator's id, or `nobody`. */
  readonly assignee?: string | undefined;
  /** What falls due from this instant on. */
  readonly dueFrom?: Date | undefined;
  /** What falls due before this instant. */
  readonly dueBefore?: Date | undefined;
  readonly only?: OnlyFilter | undefined;
  /** Of what waits for a second look: what this operator may look at. */
  readonly looker?: SecondLooker | undefined;
  readonly number?: string | undefined;
  /** What arrived in this time. */
  readonly arrived?: Span | undefined;
  /** What was answered in this time. */
  readonly answered?: Span | undefined;
  /** What was asked in this time and is not over. */
  readonly underWay?: Span | undefined;
  /** Of this person alone. */
  readonly subjectId?: string | undefined;
}

/** Whether what is looked for may have no deadline, and so is not in the order of deadlines. */
export function isBeyondDeadlines({ state, number, subjectId, ...spans }: QueueFilter): boolean {
  if (spans.arrived ?? spans.answered ?? spans.underWay) return true;
  return number !== undefined || subjectId !== undefined || (state !== undefined && !isAnsweredByDeadline(state));
}

/** As SQL over `rights.requests`, with its parameters. */
export function conditions(filter: QueueFilter): { where: string; values: unknown[] } {
  const { state, type, assignee, dueFrom, dueBefore, only, looker, number, subjectId, arrived, answered, underWay } =
    filter;
  const parts = ['true'];
  const values: unknown[] = [];
  const given = (value: unknown): string => `$${values.push(value)}`;
  if (state) parts.push(`state = ${given(state)}`);
  if (type) parts.push(`type = ${given(type)}`);
  if (assignee === 'nobody') parts.push('assignee IS NULL AND closed_at IS NULL');
  else if (assignee) parts.push(`assignee = ${given(assignee)}::uuid`);
  if (dueFrom) parts.push(`due_at >= ${given(dueFrom)}`);
  if (dueBefore) parts.push(`due_at < ${given(dueBefore)}`);
  if (only) parts.push(onlySql[only]);
  if (only === 'second' && looker)
    parts.push(`${mayJudge(given(looker.operatorId))} AND type = ANY (${given(looker.types)}::text[])`);
  if (number) parts.push(`number = ${given(number)}`);
  if (subjectId) parts.push(`subject_id = ${given(subjectId)}::uuid`);
  const within = (counted: string, column: string, span: Span | undefined) => {
    if (!span) return;
    const { from, before } = span;
    parts.push(counted);
    if (from) parts.push(`${column} >= ${given(from)}`);
    if (before) parts.push(`${column} < ${given(before)}`);
  };
  within(hasArrived, 'opened_at', arrived);
  within(isAnswered, 'closed_at', answered);
  within(isUnderWay, 'opened_at', underWay);
  return { where: parts.join(' AND '), values };
}

/** SQL: decided and recorded by others, and not judged by the operator in an earlier round. */
function mayJudge(operator: string): string {
  return `decided_by <> ${operator}::uuid AND opened_by IS DISTINCT FROM ${operator}::uuid
    AND (round = 1 OR ${operator}::uuid NOT IN (${earlierJudges('requests.subject_id', 'requests.id')}))`;
}

/** SQL: being carried out, with a holder of whom `condition` is true. */
function hasHolder(condition: string): string {
  return `state = 'fulfilling' AND EXISTS (SELECT FROM rights.request_holders AS held WHERE held.subject_id = requests.subject_id
    AND held.request_id = requests.id AND held.round = requests.round AND held.${condition})`;
}

const officersTypes = requestTypes.filter((type) => !isDecidedBySupport(type));

const onlySql: Readonly<Record<OnlyFilter, string>> = {
  second: "state = 'awaitingSecond'",
  appeals: 'round > 1 AND closed_at IS NULL',
  unreachable: hasHolder("outcome = 'unreachable'"),
  manual: hasHolder('task_id IS NOT NULL'),
  officer: `state = 'open' AND type IN (${officersTypes.map((type) => `'${type}'`).join(', ')})`,
};
