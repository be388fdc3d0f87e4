import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether whoever asked gave a proof beside the code; of what was asked before nobody knows of one. */
export class SecondProofs1764000853000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rights.requests ADD COLUMN has_second_proof boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rights.requests DROP COLUMN has_second_proof');
  }
}
