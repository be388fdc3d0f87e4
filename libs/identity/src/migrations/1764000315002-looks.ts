import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When an operator last left an entry of a look at a person, by the kind of look. */
export class Looks1764000315002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE identity.looks (
        subject_id uuid NOT NULL,
        operator_id uuid NOT NULL,
        kind text NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (subject_id, operator_id, kind)
      );
      CREATE INDEX looks_at ON identity.looks (at);
      GRANT SELECT, INSERT, UPDATE, DELETE ON identity.looks TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE identity.looks');
  }
}
