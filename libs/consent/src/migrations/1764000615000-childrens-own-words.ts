import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What staff recorded for a child is a guardian's word with the link to that guardian. What was recorded without one ends now: the gate refuses it
 * from here on, the end is put on record as that of any consent, and nothing that was said is changed.
 */
export class ChildrensOwnWords1764000615000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE consent.states held SET expires_at = now(), expiry_told_at = now()
      FROM identity.subjects child
      WHERE child.subject_id = held.subject_id AND child.minor_status = 'under14' AND held.given_by = 'operator' AND held.granted_at IS NOT NULL
        AND held.expired_at IS NULL AND (held.expires_at IS NULL OR held.expires_at > now())
    `);
  }

  /** What ended stays ended. */
  async down(): Promise<void> {}
}
