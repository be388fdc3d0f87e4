import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each holder did is kept for every round; nobody owes an answer where nothing is to be carried out. */
export class AnswersByRound1764000851000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM rights.request_holders AS held USING rights.requests AS asked
       WHERE asked.subject_id = held.subject_id AND asked.id = held.request_id AND held.outcome IS NULL
         AND (asked.outcome = 'refused' OR asked.state IN ('open', 'awaitingSubject'));

      ALTER TABLE rights.request_holders ADD COLUMN round integer NOT NULL DEFAULT 1;
      -- One that is appealed and not decided again has the answers of the round before.
      UPDATE rights.request_holders AS held SET round = asked.round - (asked.decided_at IS NULL)::integer
        FROM rights.requests AS asked
       WHERE asked.subject_id = held.subject_id AND asked.id = held.request_id AND asked.round > 1;
      ALTER TABLE rights.request_holders ALTER COLUMN round DROP DEFAULT;
      ALTER TABLE rights.request_holders DROP CONSTRAINT request_holders_pkey;
      ALTER TABLE rights.request_holders ADD PRIMARY KEY (subject_id, request_id, round, holder);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM rights.request_holders AS held USING rights.requests AS asked
       WHERE asked.subject_id = held.subject_id AND asked.id = held.request_id AND held.round < asked.round;
      ALTER TABLE rights.request_holders DROP COLUMN round;
      ALTER TABLE rights.request_holders ADD PRIMARY KEY (subject_id, request_id, holder);
    `);
  }
}
