import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Codes by which somebody without an account proves that an address is theirs. */
export class AddressProofs1764000338500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE identity.verifications DROP CONSTRAINT verifications_act_check;
      ALTER TABLE identity.verifications ADD CONSTRAINT verifications_act_check
        CHECK (act IN ('registration', 'guardianConsent', 'guardianLink', 'signIn', 'passwordReset', 'identifierChange', 'request', 'addressProof'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM identity.verifications WHERE act = 'addressProof';
      ALTER TABLE identity.verifications DROP CONSTRAINT verifications_act_check;
      ALTER TABLE identity.verifications ADD CONSTRAINT verifications_act_check
        CHECK (act IN ('registration', 'guardianConsent', 'guardianLink', 'signIn', 'passwordReset', 'identifierChange', 'request'));
    `);
  }
}
