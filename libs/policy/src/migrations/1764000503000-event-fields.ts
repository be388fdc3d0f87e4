import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an event of a category may hold beyond what the product knows of it. */
export class EventFields1764000503000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE policy.categories
        ADD COLUMN event_fields jsonb NULL CONSTRAINT event_fields_are_by_name CHECK (jsonb_typeof(event_fields) = 'object');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE policy.categories DROP COLUMN event_fields');
  }
}
