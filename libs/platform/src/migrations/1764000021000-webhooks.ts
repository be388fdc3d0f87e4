import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Webhooks that have to arrive: ids and facts, never what they say. */
export class Webhooks1764000021000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE platform.webhook_deliveries (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        destination_id uuid NOT NULL,
        destination_name text NOT NULL,
        reference uuid NOT NULL,
        state text NOT NULL CHECK (state IN ('pending', 'delivered', 'dead', 'withdrawn')),
        attempts integer NOT NULL DEFAULT 0,
        failure text,
        answered_status integer,
        next_attempt_at timestamptz,
        created_at timestamptz NOT NULL,
        settled_at timestamptz,
        CHECK ((state = 'pending') = (next_attempt_at IS NOT NULL)),
        CHECK ((state = 'pending') = (settled_at IS NULL))
      );
      CREATE INDEX webhook_deliveries_due ON platform.webhook_deliveries (next_attempt_at) WHERE state = 'pending';
      CREATE INDEX webhook_deliveries_newest ON platform.webhook_deliveries (created_at DESC, id DESC);
      CREATE INDEX webhook_deliveries_dead ON platform.webhook_deliveries (created_at DESC, id DESC) WHERE state = 'dead';
      CREATE INDEX webhook_deliveries_waiting ON platform.webhook_deliveries (destination_id) WHERE state IN ('pending', 'dead');
      CREATE INDEX webhook_deliveries_settled ON platform.webhook_deliveries (settled_at) WHERE state IN ('delivered', 'withdrawn');
      GRANT SELECT, INSERT, UPDATE, DELETE ON platform.webhook_deliveries TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE platform.webhook_deliveries');
  }
}
