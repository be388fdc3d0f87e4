import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A text for an audience beside the policies. */
export class Guides1764000520000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE policy.policies DROP CONSTRAINT policies_kind_check;
      ALTER TABLE policy.policies ADD CONSTRAINT policies_kind_check CHECK (kind IN ('general', 'service', 'agreement', 'guide'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE policy.policies DROP CONSTRAINT policies_kind_check;
      ALTER TABLE policy.policies ADD CONSTRAINT policies_kind_check CHECK (kind IN ('general', 'service', 'agreement'));
    `);
  }
}
