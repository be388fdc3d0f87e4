import type { MigrationInterface, QueryRunner } from 'typeorm';

/** To whom a code goes, as a keyed hash, so that sending it again counts as a message to the same receiver. */
export class ReceiverKeys1764000320000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE identity.verifications ADD COLUMN receiver_key bytea');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE identity.verifications DROP COLUMN receiver_key');
  }
}
