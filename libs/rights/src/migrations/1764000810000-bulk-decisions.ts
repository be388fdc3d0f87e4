import type { MigrationInterface, QueryRunner } from 'typeorm';

export class BulkDecisions1764000810000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rights.bulk_decisions (
        id uuid PRIMARY KEY,
        decision jsonb NOT NULL,
        proposed_by uuid NOT NULL,
        proposed_at timestamptz NOT NULL,
        confirmed_by uuid,
        CHECK (confirmed_by <> proposed_by)
      );
      CREATE INDEX bulk_decisions_proposed ON rights.bulk_decisions (proposed_at);
      GRANT SELECT, INSERT, UPDATE, DELETE ON rights.bulk_decisions TO abide_app;

      CREATE TABLE rights.bulk_decision_items (
        bulk_id uuid NOT NULL REFERENCES rights.bulk_decisions ON DELETE CASCADE,
        request_id uuid NOT NULL,
        position integer NOT NULL,
        number text NOT NULL,
        type text NOT NULL,
        seen text NOT NULL,
        outcome text CHECK (outcome IN ('granted', 'partlyGranted', 'refused')),
        state text,
        refusal text,
        PRIMARY KEY (bulk_id, request_id),
        CHECK ((outcome IS NULL) = (state IS NULL)),
        CHECK (outcome IS NULL OR refusal IS NULL)
      );
      GRANT SELECT, INSERT, UPDATE, DELETE ON rights.bulk_decision_items TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE rights.bulk_decision_items, rights.bulk_decisions');
  }
}
