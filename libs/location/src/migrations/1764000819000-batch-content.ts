import { batchContentSql } from '@abide/ingest';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class BatchContent1764000819000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(batchContentSql('location'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE location.batches DROP COLUMN content_hash');
  }
}
