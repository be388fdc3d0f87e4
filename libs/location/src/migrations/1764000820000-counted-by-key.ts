import { countedByKeySql } from '@abide/ingest';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CountedByKey1764000820000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(countedByKeySql('location.fixes', 'fix_id'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE location.fixes DROP CONSTRAINT fixes_pkey;
      ALTER TABLE location.fixes ADD CONSTRAINT fixes_pkey PRIMARY KEY (subject_id, fix_id, due_month);`);
  }
}
