import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Chunks name nobody and hold no key, and are compressed by nothing: what they say cannot be told from noise. */
export class SealedFiles1764000120000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE vault.sealed_files (
        id uuid NOT NULL,
        subject_id uuid NOT NULL,
        epoch integer NOT NULL REFERENCES vault.epoch_keys,
        wrapped bytea NOT NULL,
        bytes bigint CHECK (bytes >= 0),
        chunks integer CHECK (chunks > 0),
        created_at timestamptz NOT NULL,
        expires_at timestamptz,
        PRIMARY KEY (id, subject_id),
        CHECK ((bytes IS NULL) = (chunks IS NULL)),
        CHECK (bytes IS NOT NULL OR expires_at IS NOT NULL)
      );
      CREATE INDEX sealed_files_subject ON vault.sealed_files (subject_id);
      CREATE INDEX sealed_files_epoch ON vault.sealed_files (epoch);
      CREATE INDEX sealed_files_expiry ON vault.sealed_files (expires_at) WHERE expires_at IS NOT NULL;
      GRANT SELECT, INSERT, UPDATE, DELETE ON vault.sealed_files TO abide_app;

      CREATE TABLE vault.sealed_file_chunks (
        file_id uuid NOT NULL,
        number integer NOT NULL CHECK (number >= 0),
        sealed bytea NOT NULL,
        PRIMARY KEY (file_id, number)
      );
      ALTER TABLE vault.sealed_file_chunks ALTER COLUMN sealed SET STORAGE EXTERNAL;
      GRANT SELECT, INSERT, DELETE ON vault.sealed_file_chunks TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE vault.sealed_file_chunks, vault.sealed_files');
  }
}
