import { followedSql, unfollowedSql } from '@abide/identity';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Identity's log of changes names whoever accepts something: decisions rest on it. */
export class FollowedAcceptances1764000519000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(followedSql('policy.acceptances'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(unfollowedSql('policy.acceptances'));
  }
}
