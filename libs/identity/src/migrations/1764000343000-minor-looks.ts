import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who asked to look at which minor's data, and until when a colleague lets them. */
export class MinorLooks1764000343000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE identity.minor_looks (
        subject_id uuid NOT NULL,
        id uuid NOT NULL,
        operator_id uuid NOT NULL,
        reason bytea NOT NULL,
        asked_at timestamptz NOT NULL,
        open_until timestamptz,
        PRIMARY KEY (subject_id, id)
      );
      CREATE INDEX minor_looks_id ON identity.minor_looks (id);
      CREATE INDEX minor_looks_asked_at ON identity.minor_looks (asked_at);
      GRANT SELECT, INSERT, UPDATE, DELETE ON identity.minor_looks TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE identity.minor_looks');
  }
}
