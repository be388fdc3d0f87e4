import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RequestSettings1764000805000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rights.settings (
        id integer PRIMARY KEY CHECK (id = 1),
        version integer NOT NULL,
        prepares_itself boolean NOT NULL,
        waiting_days integer NOT NULL CHECK (waiting_days BETWEEN 0 AND 30)
      );
      INSERT INTO rights.settings VALUES (1, 1, false, 3);
      GRANT SELECT, UPDATE ON rights.settings TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE rights.settings');
  }
}
