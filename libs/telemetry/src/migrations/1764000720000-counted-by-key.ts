import { countedByKeySql } from '@abide/ingest';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CountedByKey1764000720000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(countedByKeySql('telemetry.events', 'event_id'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE telemetry.events DROP CONSTRAINT events_pkey;
      ALTER TABLE telemetry.events ADD CONSTRAINT events_pkey PRIMARY KEY (subject_id, event_id, due_month);`);
  }
}
