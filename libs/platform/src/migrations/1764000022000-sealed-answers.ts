import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Answers that are kept for replay are sealed; those that were kept in the plain are forgotten, and their keys are not replayable. */
export class SealedAnswers1764000022000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE platform.idempotency_keys SET status = NULL, etag = NULL;
      ALTER TABLE platform.idempotency_keys ALTER COLUMN body TYPE bytea USING NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE platform.idempotency_keys ALTER COLUMN body TYPE text USING NULL');
  }
}
