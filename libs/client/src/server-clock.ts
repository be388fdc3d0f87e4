/**
 * The present by the server's clock, as far as its answers tell: the device's own time, corrected only where an answer
 * contradicts it. A consent dated by a clock that runs behind could otherwise be older than the one it withdraws.
 */
export class ServerClock {
  private offset = 0;

  /** `deviceNow` answers epoch milliseconds. */
  constructor(private readonly deviceNow: () => number) {}

  now(): number {
    return this.deviceNow() + this.offset;
  }

  /** Asks something and learns from the instant that `instantOf` finds in the answer. */
  async learnFrom<Answer>(
    asked: () => Promise<Answer>,
    instantOf: (answer: Answer) => string | undefined,
  ): Promise<Answer> {
    const askedAt = this.deviceNow();
    const answer = await asked();
    const serverAt = Date.parse(instantOf(answer) ?? '');
    if (!Number.isNaN(serverAt)) this.offset = nearestToZero(serverAt - this.deviceNow(), serverAt - askedAt);
    return answer;
  }
}

function nearestToZero(least: number, most: number): number {
  return Math.max(least, Math.min(0, most));
}
