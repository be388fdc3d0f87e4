import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What whoever submitted a revision answered to the warnings of its comparison: the approver reads it. */
export class AnsweredWarnings1764000514000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE policy.revision_acts ADD COLUMN answers jsonb NULL CONSTRAINT answers_are_a_list CHECK (jsonb_typeof(answers) = 'array')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE policy.revision_acts DROP COLUMN answers');
  }
}
