import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Platform1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'abide_app') THEN CREATE ROLE abide_app NOLOGIN; END IF;
      END $$;
      DO $$ BEGIN
        IF NOT pg_has_role(current_user, 'abide_app', 'MEMBER') THEN EXECUTE format('GRANT abide_app TO %I', current_user); END IF;
      END $$;
      CREATE SCHEMA platform;
      GRANT USAGE ON SCHEMA platform TO abide_app;

      CREATE TABLE platform.idempotency_keys (
        scope text NOT NULL,
        key_hash text NOT NULL,
        request_hash text NOT NULL,
        status integer,
        etag text,
        body text,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (scope, key_hash)
      );
      CREATE INDEX idempotency_keys_created_at ON platform.idempotency_keys (created_at);
      GRANT SELECT, INSERT, UPDATE, DELETE ON platform.idempotency_keys TO abide_app;

      CREATE TABLE platform.development_messages (
        id uuid PRIMARY KEY,
        channel text NOT NULL,
        recipient text NOT NULL,
        subject text,
        text text NOT NULL,
        sent_at timestamptz NOT NULL
      );
      CREATE INDEX development_messages_recipient ON platform.development_messages (recipient, sent_at DESC);
      GRANT SELECT, INSERT, DELETE ON platform.development_messages TO abide_app;

      CREATE TABLE platform.development_clock (
        id integer PRIMARY KEY CHECK (id = 1),
        offset_milliseconds bigint NOT NULL
      );
      INSERT INTO platform.development_clock VALUES (1, 0);
      GRANT SELECT, UPDATE ON platform.development_clock TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA platform CASCADE');
  }
}
