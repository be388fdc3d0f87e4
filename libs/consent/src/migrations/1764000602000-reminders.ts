import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What operators see of consents and do about them: figures with their age, progress of consenting again, reminders, search. */
export class Reminders1764000602000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE consent.daily_figures ADD COLUMN counted_at timestamptz NOT NULL DEFAULT '-infinity';
      ALTER TABLE consent.daily_figures ALTER COLUMN counted_at DROP DEFAULT;

      CREATE INDEX states_changed_at ON consent.states (changed_at DESC, subject_id, scope);

      CREATE TABLE consent.reconsent_progress (
        policy text NOT NULL,
        revision integer NOT NULL,
        purpose text NOT NULL,
        stale integer NOT NULL CHECK (stale >= 0),
        renewed integer NOT NULL CHECK (renewed >= 0),
        at timestamptz,
        pass_cursor uuid,
        pass_stale integer NOT NULL CHECK (pass_stale >= 0),
        pass_renewed integer NOT NULL CHECK (pass_renewed >= 0),
        PRIMARY KEY (policy, revision, purpose)
      );
      GRANT SELECT, INSERT, UPDATE, DELETE ON consent.reconsent_progress TO abide_app;

      CREATE TABLE consent.reminders (
        id uuid PRIMARY KEY,
        purpose text NOT NULL,
        state text NOT NULL CHECK (state IN ('stale', 'expired')),
        title jsonb NOT NULL,
        summary jsonb NOT NULL,
        created_by uuid NOT NULL,
        created_at timestamptz NOT NULL,
        last_subject_id uuid,
        enumerated_at timestamptz,
        finished_at timestamptz,
        matched integer NOT NULL CHECK (matched >= 0),
        told integer NOT NULL CHECK (told >= 0),
        sent integer NOT NULL CHECK (sent >= 0)
      );
      CREATE INDEX reminders_newest ON consent.reminders (created_at DESC, id DESC);
      CREATE INDEX reminders_unfinished ON consent.reminders (id) WHERE finished_at IS NULL;
      GRANT SELECT, INSERT, UPDATE ON consent.reminders TO abide_app;

      CREATE TABLE consent.reminder_recipients (
        subject_id uuid NOT NULL,
        reminder_id uuid NOT NULL,
        message text NOT NULL CHECK (message IN ('waiting', 'sent', 'unreachable', 'failed')),
        tries integer NOT NULL,
        next_try_at timestamptz NOT NULL,
        told_at timestamptz NOT NULL,
        PRIMARY KEY (subject_id, reminder_id)
      );
      CREATE INDEX reminder_recipients_waiting ON consent.reminder_recipients (reminder_id, next_try_at, subject_id) WHERE message = 'waiting';
      CREATE INDEX reminder_recipients_age ON consent.reminder_recipients USING brin (told_at);
      GRANT SELECT, INSERT, UPDATE, DELETE ON consent.reminder_recipients TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE consent.reminder_recipients, consent.reminders, consent.reconsent_progress;
      DROP INDEX consent.states_changed_at;
      ALTER TABLE consent.daily_figures DROP COLUMN counted_at;
    `);
  }
}
