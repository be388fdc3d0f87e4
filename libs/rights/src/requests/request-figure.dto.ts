import { OneOf, Whole } from '@abide/platform';

export const requestFigures = [
  'overdue',
  'dueToday',
  'dueThisWeek',
  'second',
  'officer',
  'appeals',
  'assigned',
  'unassigned',
  'unreachable',
  'manual',
  'awaitingSubject',
] as const;
export type RequestFigure = (typeof requestFigures)[number];

/** How many requests are in the part of the queue that a figure stands for. */
export class RequestFigureResponse {
  @OneOf(requestFigures) readonly figure: RequestFigure = 'overdue';
  @Whole({ min: 0, max: Number.MAX_SAFE_INTEGER }) readonly count: number = 0;
}
