import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Clients1764000301000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE identity.service_clients (
        id text PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
        name text NOT NULL,
        scopes text[] NOT NULL,
        created_at timestamptz NOT NULL,
        revoked_at timestamptz
      );
      GRANT SELECT, INSERT, UPDATE ON identity.service_clients TO abide_app;

      CREATE TABLE identity.service_client_secrets (
        id uuid PRIMARY KEY,
        client_id text NOT NULL REFERENCES identity.service_clients (id),
        secret_hash bytea NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL CHECK (expires_at <= created_at + interval '365 days')
      );
      CREATE INDEX service_client_secrets_client ON identity.service_client_secrets (client_id);
      GRANT SELECT, INSERT, UPDATE, DELETE ON identity.service_client_secrets TO abide_app;

      CREATE TABLE identity.signing_keys (
        id uuid PRIMARY KEY,
        public_jwk jsonb NOT NULL,
        private_jwk bytea NOT NULL,
        created_at timestamptz NOT NULL,
        retired_at timestamptz
      );
      CREATE UNIQUE INDEX signing_keys_current ON identity.signing_keys ((true)) WHERE retired_at IS NULL;
      GRANT SELECT, INSERT, UPDATE, DELETE ON identity.signing_keys TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE identity.signing_keys, identity.service_client_secrets, identity.service_clients');
  }
}
