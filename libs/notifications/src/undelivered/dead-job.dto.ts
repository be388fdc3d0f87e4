import { Id, Instant, ListOf, Text, type DeadJob } from '@abide/platform';

/** Work in the background that failed every time. */
export class DeadJobResponse {
  @Id() readonly id: string = '';
  @Text({ max: 200, description: 'What work it is', example: 'notifications.first_pass' }) readonly queue: string = '';
  @Instant() readonly queuedAt: string = '';
  @Instant() readonly failedAt: string = '';
}

export class DeadJobsResponse {
  @ListOf(() => DeadJobResponse, { max: 100 }) readonly items: readonly DeadJobResponse[] = [];
}

export function toDeadJobResponse({ id, queue, queuedAt, failedAt }: DeadJob): DeadJobResponse {
  return { id, queue, queuedAt: queuedAt.toISOString(), failedAt: failedAt.toISOString() };
}
