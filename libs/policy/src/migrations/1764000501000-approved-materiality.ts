import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ApprovedMateriality1764000501000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE policy.revisions ADD COLUMN approved_materiality text
        CHECK (approved_materiality IN ('editorial', 'informational', 'reductionOfRights', 'freshConsent'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE policy.revisions DROP COLUMN approved_materiality');
  }
}
