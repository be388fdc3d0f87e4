import type { MigrationInterface, QueryRunner } from 'typeorm';

const spared = (at: string) => `EXISTS (
  SELECT FROM jsonb_to_recordset(except_for) AS spared ("subjectId" uuid, category text, "from" timestamptz, until timestamptz)
  WHERE (spared."subjectId" IS NULL OR spared."subjectId" = held.subject_id) AND (spared.category IS NULL OR spared.category = 'client.instruction')
    AND (spared."from" IS NULL OR held.${at} >= spared."from") AND (spared.until IS NULL OR held.${at} < spared.until))`;

/** Evidence that is over may be held all the same: what has to be spared is named, and what went is told by table. */
export class HeldEvidence1764000630000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION consent.delete_evidence_that_is_over(most integer, except_for jsonb) RETURNS TABLE (name text, rows integer)
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
      DECLARE
        gone integer;
        more integer;
      BEGIN
        DELETE FROM consent.events WHERE (subject_id, id) IN (
          SELECT held.subject_id, held.id FROM consent.events AS held
          WHERE held.kept_until <= platform.present() AND NOT ${spared('recorded_at')} ORDER BY held.kept_until LIMIT most);
        GET DIAGNOSTICS gone = ROW_COUNT;
        DELETE FROM consent.receipts WHERE (subject_id, id) IN (
          SELECT held.subject_id, held.id FROM consent.receipts AS held
          WHERE held.kept_until <= platform.present() AND NOT ${spared('issued_at')} ORDER BY held.kept_until LIMIT most - gone);
        GET DIAGNOSTICS more = ROW_COUNT;
        RETURN QUERY VALUES ('consent.events', gone), ('consent.receipts', more);
      END $$;
      REVOKE ALL ON FUNCTION consent.delete_evidence_that_is_over(integer, jsonb) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION consent.delete_evidence_that_is_over(integer, jsonb) TO abide_app;
      DROP FUNCTION consent.delete_evidence_that_is_over(integer);
    `);
  }

  /** As it was before. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION consent.delete_evidence_that_is_over(integer, jsonb);
      CREATE FUNCTION consent.delete_evidence_that_is_over(most integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
      DECLARE
        gone integer;
        more integer;
      BEGIN
        DELETE FROM consent.events WHERE (subject_id, id) IN (
          SELECT subject_id, id FROM consent.events WHERE kept_until <= platform.present() ORDER BY kept_until LIMIT most);
        GET DIAGNOSTICS gone = ROW_COUNT;
        DELETE FROM consent.receipts WHERE (subject_id, id) IN (
          SELECT subject_id, id FROM consent.receipts WHERE kept_until <= platform.present() ORDER BY kept_until LIMIT most - gone);
        GET DIAGNOSTICS more = ROW_COUNT;
        RETURN gone + more;
      END $$;
      REVOKE ALL ON FUNCTION consent.delete_evidence_that_is_over(integer) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION consent.delete_evidence_that_is_over(integer) TO abide_app;
    `);
  }
}
