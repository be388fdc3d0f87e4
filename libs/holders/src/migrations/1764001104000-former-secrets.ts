import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Secrets of services that were replaced, until they no longer count, and whether the next one that is shown is new. */
export class FormerSecrets1764001104000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE holders.outside_holders ADD COLUMN is_secret_replaced boolean NOT NULL DEFAULT false;

      CREATE TABLE holders.former_secrets (
        id uuid PRIMARY KEY,
        holder_id uuid NOT NULL REFERENCES holders.outside_holders,
        secret bytea NOT NULL,
        good_until timestamptz NOT NULL
      );
      CREATE INDEX former_secrets_holder ON holders.former_secrets (holder_id, good_until);
      GRANT SELECT, INSERT, DELETE ON holders.former_secrets TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE holders.former_secrets; ALTER TABLE holders.outside_holders DROP COLUMN is_secret_replaced',
    );
  }
}
