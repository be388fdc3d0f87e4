import {
  HolderRegistry,
  nothingToDo,
  type HeldRecord,
  type Holder,
  type HolderAnswer,
  type HoldingScope,
  type HoldingSummary,
  type SuppliedRecord,
} from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';

interface Trace extends Omit<HoldingSummary, 'count' | 'since'> {
  readonly subjectId: string;
  readonly at: Date;
}

/** A holder in a test that stands for whoever gathers records over time: each of its records is one summary. */
export class TestTraces implements Holder {
  readonly name = 'test.traces';
  readonly phase = 'dependents';
  readonly tables = [];
  readonly honoursSince = true;
  private readonly traces: Trace[] = [];

  static join(test: TestApp): TestTraces {
    const traces = new TestTraces();
    test.get(HolderRegistry).register(traces);
    return traces;
  }

  keep(trace: Trace): void {
    this.traces.push(trace);
  }

  async describe(of: string, { since, until }: HoldingScope = {}): Promise<HoldingSummary[]> {
    return this.traces
      .filter(({ subjectId, at }) => subjectId === of && (!since || at >= since) && (!until || at < until))
      .map(({ subjectId: _subjectId, at, ...said }) => ({ ...said, count: 1, since: at }));
  }

  async *export(): AsyncIterable<HeldRecord> {}

  async *supply(): AsyncIterable<SuppliedRecord> {}

  async correct(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  async restrict(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  async erase(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  async expire(): Promise<HolderAnswer> {
    return nothingToDo;
  }
}
