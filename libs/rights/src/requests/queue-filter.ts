import type { RequestState, RequestType } from '../request-kinds.js';

export const dueFilters = ['overdue', 'today', 'week'] as const;
export type DueFilter = (typeof dueFilters)[number];

export interface QueueFilter {
  readonly state?: RequestState | undefined;
  readonly type?: RequestType | undefined;
  /** An operator's id, or `nobody`. */
  readonly assignee?: string | undefined;
  /** What falls due before this instant, and what is not over. */
  readonly dueBefore?: Date | undefined;
  readonly number?: string | undefined;
}

/** As SQL over `rights.requests`, with its parameters. */
export function conditions({ state, type, assignee, dueBefore, number }: QueueFilter): {
  where: string;
  values: unknown[];
} {
  const parts = ['true'];
  const values: unknown[] = [];
  const add = (sql: (parameter: string) => string, value: unknown): void => {
    values.push(value);
    parts.push(sql(`$${values.length}`));
  };
  if (state) add((given) => `state = ${given}`, state);
  if (type) add((given) => `type = ${given}`, type);
  if (assignee === 'nobody') parts.push('assignee IS NULL AND closed_at IS NULL');
  else if (assignee) add((given) => `assignee = ${given}::uuid`, assignee);
  if (dueBefore) add((given) => `due_at < ${given} AND closed_at IS NULL`, dueBefore);
  if (number) add((given) => `number = ${given}`, number);
  return { where: parts.join(' AND '), values };
}
