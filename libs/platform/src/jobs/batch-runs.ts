interface BatchedWork {
  /** Takes one batch; answers whether there is more. */
  takeBatch(id: string): Promise<boolean>;
  /** Called after a run that has gone on long enough, with more to do. */
  goOnLater(id: string): Promise<void>;
}

const batchesPerRun = 200;

/** Long work in batches that any process can take up: in this process one run for an id at a time, of bounded length, ended between batches when the application ends. */
export class BatchRuns {
  private readonly underWay = new Map<string, Promise<void>>();
  private isStopping = false;

  constructor(private readonly work: BatchedWork) {}

  /** Joins the run that this process has under way for `id`, or starts one. */
  run(id: string): Promise<void> {
    const known = this.underWay.get(id);
    if (known) return known;
    const run = this.takeBatches(id).finally(() => this.underWay.delete(id));
    this.underWay.set(id, run);
    return run;
  }

  /** Waits for the batches under way; nothing is taken up any more. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await Promise.allSettled(this.underWay.values());
  }

  private async takeBatches(id: string): Promise<void> {
    for (let taken = 0; taken < batchesPerRun; taken += 1) {
      if (this.isStopping) return;
      if (!(await this.work.takeBatch(id))) return;
    }
    await this.work.goOnLater(id);
  }
}
