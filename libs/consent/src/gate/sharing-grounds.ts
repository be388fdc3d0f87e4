import { Injectable } from '@nestjs/common';
import type { SharingGround } from '@abide/rulebook';

/** A subject whose data is to go to a recipient (by slug), and the instant that is asked about, in epoch milliseconds. */
export interface SharingAsked {
  readonly subjectId: string;
  readonly recipient: string;
  readonly at: number;
}

/** Knows what is on file for sharing: orders and standing duties of authorities, agreements with others. */
export interface GroundsSource {
  /** What reaches each subject, in the order asked. */
  groundsFor(asked: readonly SharingAsked[]): Promise<readonly (readonly SharingGround[])[]>;
}

/** The registry of what carries sharing. While nobody joined, there are no orders, and agreements are taken for granted. */
@Injectable()
export class SharingGrounds {
  private readonly sources: GroundsSource[] = [];

  /** Call it while modules initialise. */
  register(source: GroundsSource): void {
    this.sources.push(source);
  }

  get isEmpty(): boolean {
    return this.sources.length === 0;
  }

  async groundsFor(asked: readonly SharingAsked[]): Promise<(readonly SharingGround[])[]> {
    const found: (readonly (readonly SharingGround[])[])[] = [];
    for (const source of this.sources) found.push(await source.groundsFor(asked));
    return asked.map((_, index) => found.flatMap((grounds) => grounds[index] ?? []));
  }
}
