import { DataSource } from 'typeorm';

/** Connections of their own for transactions whose statements do not wait for each other: opened when first asked for. */
export class PipelinedSource {
  private opening: Promise<DataSource> | null = null;
  private isClosed = false;

  /** `source`: made by `createDataSource` with `isPipelined`, and not connected yet. */
  constructor(private readonly source: DataSource) {}

  async open(): Promise<DataSource> {
    if (this.isClosed) throw new Error('Connection terminated: the application is closing');
    const opening = (this.opening ??= this.source.initialize());
    try {
      return await opening;
    } catch (error) {
      if (this.opening === opening) this.opening = null;
      throw error;
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.opening?.catch(() => undefined);
    if (this.source.isInitialized) await this.source.destroy();
  }
}
