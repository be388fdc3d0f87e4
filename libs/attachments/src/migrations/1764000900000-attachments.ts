import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the files say stands sealed in the vault; the name is sealed here. */
export class Attachments1764000900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA attachments;
      GRANT USAGE ON SCHEMA attachments TO abide_app;

      CREATE TABLE attachments.attachments (
        id uuid NOT NULL,
        subject_id uuid NOT NULL,
        name bytea NOT NULL,
        type text NOT NULL,
        bytes integer NOT NULL CHECK (bytes > 0),
        uploader text NOT NULL CHECK (uploader IN ('subject', 'operator', 'public')),
        operator_id uuid,
        created_at timestamptz NOT NULL,
        cited_kind text,
        cited_id uuid,
        PRIMARY KEY (id, subject_id),
        CHECK ((uploader = 'operator') = (operator_id IS NOT NULL)),
        CHECK ((cited_kind IS NULL) = (cited_id IS NULL))
      );
      CREATE INDEX attachments_subject ON attachments.attachments (subject_id);
      CREATE INDEX attachments_cited ON attachments.attachments (cited_kind, cited_id) WHERE cited_id IS NOT NULL;
      CREATE INDEX attachments_waiting ON attachments.attachments (uploader, created_at) WHERE cited_id IS NULL;
      GRANT SELECT, INSERT, UPDATE, DELETE ON attachments.attachments TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA attachments CASCADE');
  }
}
