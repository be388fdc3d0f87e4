import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Clock } from '@abide/kernel';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';

const refreshMilliseconds = 1000;

/**
 * The system clock plus an offset that development may set (`POST /dev/clock`). The offset is kept in the
 * database and re-read every second, so that all processes agree; in production it is always zero.
 */
@Injectable()
export class SettableClock implements Clock, OnModuleInit, OnModuleDestroy {
  private offsetMilliseconds = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly db: Database,
    private readonly config: Config,
  ) {}

  now(): Date {
    return new Date(Date.now() + this.offsetMilliseconds);
  }

  async onModuleInit(): Promise<void> {
    if (this.config.isProduction) return;
    await this.refresh();
    this.timer = setInterval(() => void this.refresh().catch(() => undefined), refreshMilliseconds);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  async setTo(at: Date): Promise<void> {
    await this.setOffset(at.getTime() - Date.now());
  }

  async reset(): Promise<void> {
    await this.setOffset(0);
  }

  private async setOffset(milliseconds: number): Promise<void> {
    await this.db.transaction(() =>
      this.db.query('UPDATE platform.development_clock SET offset_milliseconds = $1', [Math.round(milliseconds)]),
    );
    this.offsetMilliseconds = milliseconds;
  }

  private async refresh(): Promise<void> {
    const [row] = await this.db.query<{ offset_milliseconds: string }>(
      'SELECT offset_milliseconds FROM platform.development_clock',
    );
    this.offsetMilliseconds = Number(row?.offset_milliseconds ?? 0);
  }
}
