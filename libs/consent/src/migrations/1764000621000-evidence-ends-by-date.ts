import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Evidence is deleted by nobody before its time: the running product may only ask for what is over to go. */
export class EvidenceEndsByDate1764000621000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE DELETE ON consent.events, consent.receipts FROM abide_app;

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

      CREATE FUNCTION consent.keep_evidence_a_year() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
      BEGIN
        IF OLD.kept_until IS NOT NULL OR NEW.kept_until IS NULL OR NEW.kept_until < platform.present() + interval '1 year' THEN
          RAISE EXCEPTION 'Evidence is kept for a year at least, and until when is said once' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER kept_a_year BEFORE UPDATE OF kept_until ON consent.events FOR EACH ROW EXECUTE FUNCTION consent.keep_evidence_a_year();
      CREATE TRIGGER kept_a_year BEFORE UPDATE OF kept_until ON consent.receipts FOR EACH ROW EXECUTE FUNCTION consent.keep_evidence_a_year();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION consent.keep_evidence_a_year() CASCADE;
      DROP FUNCTION consent.delete_evidence_that_is_over(integer);
      GRANT DELETE ON consent.events, consent.receipts TO abide_app;
    `);
  }
}
