import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Words that answers begin with. */
export class AnswerTemplates1764000830000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rights.answer_templates (
        id uuid PRIMARY KEY,
        types text[] NOT NULL,
        title jsonb NOT NULL,
        text jsonb NOT NULL,
        changed_at timestamptz NOT NULL
      );
      GRANT SELECT, INSERT, UPDATE, DELETE ON rights.answer_templates TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE rights.answer_templates');
  }
}
