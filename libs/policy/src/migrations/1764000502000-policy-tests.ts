import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PolicyTests1764000502000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE policy.policy_tests (
        policy_id uuid PRIMARY KEY REFERENCES policy.policies (id),
        content text NOT NULL CHECK (octet_length(content) <= 200000),
        content_hash text NOT NULL,
        updated_at timestamptz NOT NULL,
        updated_by uuid NOT NULL,
        CONSTRAINT policy_tests_hash_is_of_text CHECK (content_hash = encode(sha256(convert_to(content, 'UTF8')), 'hex'))
      );
      GRANT SELECT, INSERT, UPDATE ON policy.policy_tests TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE policy.policy_tests');
  }
}
