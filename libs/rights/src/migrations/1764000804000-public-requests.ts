import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people ask without an account: whose keys seal it, by which code it is proven, and what opens its state afterwards. */
export class PublicRequests1764000804000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rights.public_requests (
        subject_id uuid NOT NULL,
        request_id uuid NOT NULL,
        has_account boolean NOT NULL,
        locale text NOT NULL,
        asked bytea NOT NULL,
        verification_id uuid NOT NULL,
        expires_at timestamptz NOT NULL,
        proven_at timestamptz,
        token_hash bytea,
        token_expires_at timestamptz,
        PRIMARY KEY (subject_id, request_id),
        CHECK ((token_hash IS NULL) = (token_expires_at IS NULL))
      );
      CREATE INDEX public_requests_id ON rights.public_requests (request_id);
      CREATE INDEX public_requests_verification ON rights.public_requests (verification_id);
      CREATE INDEX public_requests_expires_at ON rights.public_requests (expires_at);
      GRANT SELECT, INSERT, UPDATE, DELETE ON rights.public_requests TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE rights.public_requests');
  }
}
