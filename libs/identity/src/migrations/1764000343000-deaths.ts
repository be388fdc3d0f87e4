import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of whom it is noted that they died. */
export class Deaths1764000343000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE identity.subjects DROP CONSTRAINT subjects_status_check;
      ALTER TABLE identity.subjects ADD CONSTRAINT subjects_status_check CHECK (status IN ('pendingGuardian', 'active', 'deceased', 'closed'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE identity.subjects SET status = 'closed' WHERE status = 'deceased';
      ALTER TABLE identity.subjects DROP CONSTRAINT subjects_status_check;
      ALTER TABLE identity.subjects ADD CONSTRAINT subjects_status_check CHECK (status IN ('pendingGuardian', 'active', 'closed'));
    `);
  }
}
