import { DataSource } from 'typeorm';

/** Connections of their own for transactions whose statements do not wait for each other: opened when first asked for. */
export class PipelinedSource {
  private opening: Promise<DataSource> | null = null;

  /** `source`: made by `createDataSource` with `isPipelined`, and not connected yet. */
  constructor(private readonly source: DataSource) {}

  async open(): Promise<DataSource> {
    this.opening ??= this.source.initialize();
    try {
      return await this.opening;
    } catch (error) {
      this.opening = null;
      throw error;
    }
  }

  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }
}
