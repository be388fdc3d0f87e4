import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Codes by which the owner of an account proves a request about their personal data. */
export class RequestCodes1764000338000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE identity.verifications DROP CONSTRAINT verifications_act_check;
      ALTER TABLE identity.verifications ADD CONSTRAINT verifications_act_check
        CHECK (act IN ('registration', 'guardianConsent', 'guardianLink', 'signIn', 'passwordReset', 'identifierChange', 'request'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM identity.verifications WHERE act = 'request';
      ALTER TABLE identity.verifications DROP CONSTRAINT verifications_act_check;
      ALTER TABLE identity.verifications ADD CONSTRAINT verifications_act_check
        CHECK (act IN ('registration', 'guardianConsent', 'guardianLink', 'signIn', 'passwordReset', 'identifierChange'));
    `);
  }
}
