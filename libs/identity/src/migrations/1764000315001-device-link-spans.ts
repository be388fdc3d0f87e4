import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A device is one person's at a time: where several say that one is theirs, the earlier links end when the next one begins. */
export class DeviceLinkSpans1764000315001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE identity.device_links
        ADD COLUMN ended_at timestamptz CHECK (ended_at >= linked_at),
        ADD COLUMN end_told_at timestamptz CHECK (ended_at IS NOT NULL OR end_told_at IS NULL);
      UPDATE identity.device_links held SET ended_at = following.linked_at
      FROM (
        SELECT subject_id, device_id, lead(linked_at) OVER (PARTITION BY device_id ORDER BY linked_at, subject_id) AS linked_at FROM identity.device_links
      ) AS following
      WHERE following.subject_id = held.subject_id AND following.device_id = held.device_id AND following.linked_at IS NOT NULL;
      CREATE INDEX device_links_live ON identity.device_links (device_id) WHERE ended_at IS NULL;
      CREATE INDEX device_links_untold ON identity.device_links (ended_at) WHERE ended_at IS NOT NULL AND end_told_at IS NULL;
    `);
  }

  /** Links that ended by another one would stand beside it again, so they go. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM identity.device_links WHERE ended_at IS NOT NULL;
      ALTER TABLE identity.device_links DROP COLUMN ended_at, DROP COLUMN end_told_at;
    `);
  }
}
