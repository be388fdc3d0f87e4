import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SigningKeyUses1764000303500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE identity.signing_keys
        ADD COLUMN use text NOT NULL DEFAULT 'access' CHECK (use IN ('access', 'receipt')),
        ALTER COLUMN private_jwk DROP NOT NULL;
      DROP INDEX identity.signing_keys_current;
      CREATE UNIQUE INDEX signing_keys_current ON identity.signing_keys (use) WHERE retired_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM identity.signing_keys WHERE use <> 'access' OR private_jwk IS NULL;
      DROP INDEX identity.signing_keys_current;
      ALTER TABLE identity.signing_keys DROP COLUMN use, ALTER COLUMN private_jwk SET NOT NULL;
      CREATE UNIQUE INDEX signing_keys_current ON identity.signing_keys ((true)) WHERE retired_at IS NULL;
    `);
  }
}
