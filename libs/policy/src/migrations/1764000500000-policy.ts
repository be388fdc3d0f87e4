import type { MigrationInterface, QueryRunner } from 'typeorm';

const registries = `
  CREATE TABLE policy.categories (
    id uuid PRIMARY KEY,
    code text NOT NULL UNIQUE,
    label jsonb NOT NULL,
    is_sensitive boolean NOT NULL,
    is_location boolean NOT NULL,
    is_seed boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
  );
  CREATE TABLE policy.purposes (
    id uuid PRIMARY KEY,
    code text NOT NULL UNIQUE,
    label jsonb NOT NULL,
    is_covered_by_gpc boolean NOT NULL,
    is_seed boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
  );
  CREATE TABLE policy.services (
    id uuid PRIMARY KEY,
    code text NOT NULL UNIQUE,
    name jsonb NOT NULL,
    purpose jsonb,
    is_location_based boolean NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
  );
  CREATE TABLE policy.recipients (
    id uuid PRIMARY KEY,
    code text NOT NULL UNIQUE,
    kind text NOT NULL CHECK (kind IN ('affiliate', 'processor', 'partner', 'auditor', 'authority', 'acquirer')),
    name jsonb NOT NULL,
    region text NOT NULL,
    contact text,
    purpose jsonb,
    contract_until date,
    is_active boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
  );
  CREATE TABLE policy.third_party_services (
    id uuid PRIMARY KEY,
    code text NOT NULL UNIQUE,
    name jsonb NOT NULL,
    policy_link text NOT NULL,
    use text NOT NULL CHECK (use IN ('signIn', 'shareButton', 'advertising', 'link')),
    purpose jsonb,
    is_active boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
  );
  CREATE TABLE policy.profiles (
    code text NOT NULL,
    version integer NOT NULL,
    content jsonb NOT NULL,
    is_default boolean NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (code, version)
  );
  CREATE UNIQUE INDEX profiles_one_default ON policy.profiles (is_default) WHERE is_default;
  CREATE TABLE policy.registry_state (
    id integer PRIMARY KEY CHECK (id = 1),
    version bigint NOT NULL
  );
  INSERT INTO policy.registry_state VALUES (1, 1);
`;

const policies = `
  CREATE TABLE policy.policies (
    id uuid PRIMARY KEY,
    slug text NOT NULL UNIQUE,
    kind text NOT NULL CHECK (kind IN ('general', 'service', 'agreement')),
    service text,
    created_at timestamptz NOT NULL,
    CHECK ((kind = 'service') = (service IS NOT NULL))
  );
  CREATE UNIQUE INDEX policies_one_agreement ON policy.policies (kind) WHERE kind = 'agreement';
  CREATE UNIQUE INDEX policies_one_per_service ON policy.policies (service) WHERE kind = 'service';

  CREATE TABLE policy.revisions (
    id uuid PRIMARY KEY,
    policy_id uuid NOT NULL REFERENCES policy.policies (id),
    number integer NOT NULL CHECK (number > 0),
    state text NOT NULL CHECK (state IN ('draft', 'inReview', 'approved', 'scheduled', 'effective', 'superseded', 'withdrawn')),
    document jsonb NOT NULL,
    canonical text NOT NULL,
    content_hash text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    submitted_hash text,
    submitted_by uuid,
    submitted_at timestamptz,
    approved_by uuid,
    approved_at timestamptz,
    scheduled_by uuid,
    scheduled_at timestamptz,
    effective_at timestamptz,
    materiality text CHECK (materiality IN ('editorial', 'informational', 'reductionOfRights', 'freshConsent')),
    raised_to text CHECK (raised_to IN ('informational', 'reductionOfRights', 'freshConsent')),
    raise_reason text,
    lead_days integer,
    is_accepted_by_use boolean NOT NULL DEFAULT false,
    compared_with uuid,
    fresh_atoms jsonb NOT NULL DEFAULT '[]',
    campaign_id uuid,
    took_effect_at timestamptz,
    superseded_at timestamptz,
    withdrawn_at timestamptz,
    UNIQUE (policy_id, number),
    CONSTRAINT revisions_hash_is_of_text CHECK (content_hash = encode(sha256(convert_to(canonical, 'UTF8')), 'hex')),
    CHECK (approved_by IS NULL OR approved_by <> submitted_by),
    CHECK (state NOT IN ('approved', 'scheduled', 'effective', 'superseded') OR (approved_at IS NOT NULL AND submitted_hash = content_hash)),
    CHECK (state <> 'scheduled' OR (effective_at IS NOT NULL AND materiality IS NOT NULL AND lead_days IS NOT NULL)),
    CHECK (state NOT IN ('effective', 'superseded') OR took_effect_at IS NOT NULL)
  );
  CREATE UNIQUE INDEX revisions_one_draft_line ON policy.revisions (policy_id) WHERE state IN ('draft', 'inReview', 'approved');
  CREATE UNIQUE INDEX revisions_one_scheduled ON policy.revisions (policy_id) WHERE state = 'scheduled';
  CREATE UNIQUE INDEX revisions_one_effective ON policy.revisions (policy_id) WHERE state = 'effective';
  CREATE INDEX revisions_due ON policy.revisions (effective_at) WHERE state = 'scheduled';

  CREATE FUNCTION policy.keep_revision_text() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (NEW.document, NEW.canonical, NEW.content_hash, NEW.policy_id, NEW.number)
       IS DISTINCT FROM (OLD.document, OLD.canonical, OLD.content_hash, OLD.policy_id, OLD.number)
       AND OLD.state <> 'draft' THEN
      RAISE EXCEPTION 'the text of revision % is immutable in state %', OLD.id, OLD.state USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state IN ('superseded', 'withdrawn') AND NEW.state <> OLD.state THEN
      RAISE EXCEPTION 'revision % has ended and stays %', OLD.id, OLD.state USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER revisions_keep_text BEFORE UPDATE ON policy.revisions FOR EACH ROW EXECUTE FUNCTION policy.keep_revision_text();

  CREATE TABLE policy.revision_acts (
    id uuid PRIMARY KEY,
    revision_id uuid NOT NULL REFERENCES policy.revisions (id),
    act text NOT NULL CHECK (act IN ('edit', 'submission', 'approval', 'rejection', 'schedule', 'activation', 'supersession', 'withdrawal')),
    actor_kind text NOT NULL CHECK (actor_kind IN ('operator', 'client', 'system')),
    actor_id text NOT NULL,
    comment text,
    content_hash text NOT NULL,
    at timestamptz NOT NULL
  );
  CREATE INDEX revision_acts_of_revision ON policy.revision_acts (revision_id, at, id);
`;

const acceptances = `
  CREATE TABLE policy.acceptances (
    subject_id uuid NOT NULL,
    revision_id uuid NOT NULL,
    mode text NOT NULL CHECK (mode IN ('explicit', 'continuedUse')),
    policy_id uuid NOT NULL,
    at timestamptz NOT NULL,
    kept_until timestamptz,
    PRIMARY KEY (subject_id, revision_id, mode)
  );
  CREATE INDEX acceptances_kept_until ON policy.acceptances (kept_until) WHERE kept_until IS NOT NULL;
`;

export class Policy1764000500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA policy');
    await runner.query(registries);
    await runner.query(policies);
    await runner.query(acceptances);
    await runner.query(`
      GRANT USAGE ON SCHEMA policy TO abide_app;
      GRANT SELECT, INSERT, UPDATE ON
        policy.categories, policy.purposes, policy.services, policy.recipients, policy.third_party_services,
        policy.policies, policy.revisions TO abide_app;
      GRANT SELECT, INSERT ON policy.profiles, policy.revision_acts TO abide_app;
      GRANT SELECT, UPDATE ON policy.registry_state TO abide_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON policy.acceptances TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA policy CASCADE');
  }
}
