import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Databases that are asked by a manifest, and the passwords of those that wait for a second operator. */
export class DatabaseHolders1764001101000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE holders.outside_holders ADD COLUMN manifest text;

      CREATE TABLE holders.waiting_secrets (
        id uuid PRIMARY KEY,
        secret bytea NOT NULL,
        kept_until timestamptz NOT NULL
      );
      GRANT SELECT, INSERT, DELETE ON holders.waiting_secrets TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE holders.waiting_secrets; ALTER TABLE holders.outside_holders DROP COLUMN manifest');
  }
}
