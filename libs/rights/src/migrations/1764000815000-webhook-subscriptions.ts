import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which systems are told that a request was opened or closed. */
export class WebhookSubscriptions1764000815000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rights.webhook_subscriptions (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        url text NOT NULL,
        events text[] NOT NULL,
        secret bytea NOT NULL,
        secret_for uuid,
        created_at timestamptz NOT NULL,
        ended_at timestamptz
      );
      GRANT SELECT, INSERT, UPDATE ON rights.webhook_subscriptions TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE rights.webhook_subscriptions');
  }
}
