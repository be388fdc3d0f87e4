import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How a holder was described stands while it is asked anew. */
export class KeptDescriptions1764001102000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE holders.calls DROP CONSTRAINT calls_check,
        ADD CONSTRAINT calls_answer CHECK (
          CASE WHEN operation = 'describe' THEN state <> 'answered' OR answer IS NOT NULL
               ELSE (state = 'answered') = (answer IS NOT NULL) END
        );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE holders.calls SET answer = NULL WHERE state <> 'answered';
      ALTER TABLE holders.calls DROP CONSTRAINT calls_answer,
        ADD CONSTRAINT calls_check CHECK ((state = 'answered') = (answer IS NOT NULL));
    `);
  }
}
