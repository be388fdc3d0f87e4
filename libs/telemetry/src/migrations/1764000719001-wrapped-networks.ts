import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Networks of 6to4 that were kept before they counted as those of IPv4: `2002:cb00:714d::/48` held the whole address, `203.0.113.0/24` does not. */
export class WrappedNetworks1764000719001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const group = (place: number) =>
      `('x' || lpad(split_part(attributes->>'network', ':', ${place}), 4, '0'))::bit(16)::int`;
    await runner.query(`
      UPDATE telemetry.events
      SET attributes = jsonb_set(attributes, '{network}', to_jsonb(format('%s.%s.%s.0/24', ${group(2)} >> 8, ${group(2)} & 255, ${group(3)} >> 8)))
      WHERE attributes->>'network' ~ '^2002:[0-9a-f]{1,4}:[0-9a-f]{1,4}::/48$'
    `);
  }

  /** What is no longer known cannot be put back. */
  async down(): Promise<void> {}
}
