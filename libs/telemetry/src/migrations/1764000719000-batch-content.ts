import { batchContentSql } from '@abide/ingest';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class BatchContent1764000719000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(batchContentSql('telemetry'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE telemetry.batches DROP COLUMN content_hash');
  }
}
