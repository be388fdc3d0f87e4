import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Vault1764000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA vault;
      GRANT USAGE ON SCHEMA vault TO abide_app;

      CREATE TABLE vault.epoch_keys (
        epoch integer PRIMARY KEY CHECK (epoch > 0),
        provider_key text NOT NULL,
        wrapped bytea NOT NULL,
        created_at timestamptz NOT NULL
      );
      GRANT SELECT, INSERT, UPDATE, DELETE ON vault.epoch_keys TO abide_app;

      CREATE TABLE vault.subject_keys (
        subject_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('ordinary', 'retained')),
        epoch integer REFERENCES vault.epoch_keys,
        wrapped bytea,
        created_at timestamptz NOT NULL,
        destroyed_at timestamptz,
        PRIMARY KEY (subject_id, kind),
        CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL)),
        CHECK ((epoch IS NULL) = (wrapped IS NULL))
      );
      CREATE INDEX subject_keys_epoch ON vault.subject_keys (epoch) WHERE epoch IS NOT NULL;
      GRANT SELECT, INSERT, UPDATE ON vault.subject_keys TO abide_app;

      CREATE TABLE vault.server_keys (
        purpose text NOT NULL CHECK (purpose IN ('index', 'secret')),
        name text NOT NULL,
        epoch integer NOT NULL REFERENCES vault.epoch_keys,
        wrapped bytea NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (purpose, name)
      );
      GRANT SELECT, INSERT, UPDATE ON vault.server_keys TO abide_app;

      CREATE TABLE vault.identifier_claims (
        type text NOT NULL CHECK (type IN ('phone', 'email')),
        blind_index bytea NOT NULL CHECK (length(blind_index) = 32),
        subject_id uuid NOT NULL,
        claimed_at timestamptz NOT NULL,
        confirmed_at timestamptz,
        PRIMARY KEY (type, blind_index, subject_id)
      );
      CREATE UNIQUE INDEX identifier_claims_exclusive ON vault.identifier_claims (type, blind_index) WHERE confirmed_at IS NOT NULL;
      CREATE INDEX identifier_claims_subject ON vault.identifier_claims (subject_id);
      CREATE INDEX identifier_claims_pending ON vault.identifier_claims (claimed_at) WHERE confirmed_at IS NULL;
      GRANT SELECT, INSERT, UPDATE, DELETE ON vault.identifier_claims TO abide_app;

      CREATE TABLE vault.suppressed_indexes (
        column_name text NOT NULL,
        blind_index bytea NOT NULL CHECK (length(blind_index) = 32),
        suppressed_at timestamptz NOT NULL,
        PRIMARY KEY (column_name, blind_index)
      );
      GRANT SELECT, INSERT ON vault.suppressed_indexes TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA vault CASCADE');
  }
}
