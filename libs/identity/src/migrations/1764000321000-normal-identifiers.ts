import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which identifiers are kept in the normal form of today, and whose turned out to be somebody else's too. */
export class NormalIdentifiers1764000321000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE identity.identifiers ADD COLUMN is_normal boolean NOT NULL DEFAULT false;
      CREATE INDEX identifiers_not_normal ON identity.identifiers (subject_id) WHERE NOT is_normal;

      CREATE TABLE identity.shared_identifiers (
        subject_id uuid NOT NULL,
        type text NOT NULL CHECK (type IN ('phone', 'email')),
        other_id uuid NOT NULL,
        found_at timestamptz NOT NULL,
        PRIMARY KEY (subject_id, type)
      );
      GRANT SELECT, INSERT, UPDATE, DELETE ON identity.shared_identifiers TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE identity.shared_identifiers');
    await runner.query('ALTER TABLE identity.identifiers DROP COLUMN is_normal');
  }
}
