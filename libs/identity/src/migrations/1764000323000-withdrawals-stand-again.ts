import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whoever had a guardian's former address could take back what that guardian had withdrawn. Such a withdrawal stands again from now on: one that was set
 * aside by no officer, and whose guardian never came back. What stood in between is remembered as it was.
 */
export class WithdrawalsStandAgain1764000323000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE identity.guardianships held SET set_aside = set_aside * tstzmultirange(tstzrange(NULL, now()))
      WHERE state = 'ended' AND consent_withdrawn_at IS NOT NULL AND upper_inf(set_aside) AND guardian_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM identity.guardianship_evidence seen WHERE seen.subject_id = held.subject_id AND seen.guardianship_id = held.id AND seen.about = 'withdrawal')
        AND NOT EXISTS (SELECT FROM identity.guardianships back WHERE back.subject_id = held.subject_id AND back.guardian_id = held.guardian_id AND back.confirmed_at >= held.ended_at);
    `);
  }

  /** Who had opened what is not known any more, and closed is the default. */
  async down(): Promise<void> {}
}
