import type { MigrationInterface, QueryRunner } from 'typeorm';

const events = `
  CREATE TABLE consent.events (
    subject_id uuid NOT NULL,
    id uuid NOT NULL,
    act text NOT NULL CHECK (act IN ('grant', 'renewal', 'withdrawal', 'refusal', 'expiry')),
    state text NOT NULL CHECK (state IN ('granted', 'withdrawn', 'expired')),
    scope bytea NOT NULL CHECK (length(scope) = 32),
    purpose text NOT NULL,
    categories text[],
    service text,
    recipient text,
    region text,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    expires_at timestamptz,
    given_by text NOT NULL CHECK (given_by IN ('subject', 'guardian', 'operator', 'system')),
    giver_id text,
    policy text,
    revision integer,
    revision_id uuid,
    clause_id text,
    locale text NOT NULL CHECK (locale IN ('zh-CN', 'en')),
    wording_hash text,
    channel text NOT NULL,
    evidence bytea,
    receipt_id uuid NOT NULL,
    kept_until timestamptz,
    PRIMARY KEY (subject_id, id),
    UNIQUE (subject_id, scope, state, occurred_at),
    CHECK ((state = 'granted') = (act IN ('grant', 'renewal'))),
    CHECK ((state = 'expired') = (act = 'expiry'))
  );
  CREATE INDEX events_recorded_at ON consent.events USING brin (recorded_at);
  CREATE INDEX events_kept_until ON consent.events (kept_until) WHERE kept_until IS NOT NULL;

  CREATE TABLE consent.receipts (
    subject_id uuid NOT NULL,
    id uuid NOT NULL,
    event_id uuid NOT NULL,
    record text NOT NULL,
    issued_at timestamptz NOT NULL,
    kept_until timestamptz,
    PRIMARY KEY (subject_id, id)
  );
  CREATE INDEX receipts_kept_until ON consent.receipts (kept_until) WHERE kept_until IS NOT NULL;
`;

const states = `
  CREATE TABLE consent.states (
    subject_id uuid NOT NULL,
    scope bytea NOT NULL CHECK (length(scope) = 32),
    purpose text NOT NULL,
    categories text[],
    service text,
    recipient text,
    region text,
    granted_at timestamptz,
    grant_id uuid,
    grant_policy text,
    grant_revision integer,
    grant_clause text,
    expires_at timestamptz,
    expiry_told_at timestamptz,
    expired_at timestamptz,
    given_by text,
    withdrawn_at timestamptz,
    withdrawal_id uuid,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (subject_id, scope),
    CHECK ((granted_at IS NULL) = (grant_id IS NULL)),
    CHECK ((withdrawn_at IS NULL) = (withdrawal_id IS NULL))
  );
  CREATE INDEX states_purpose ON consent.states (purpose, changed_at DESC, subject_id);
  CREATE INDEX states_expires_at ON consent.states (expires_at) WHERE expires_at IS NOT NULL AND expired_at IS NULL;

  CREATE TABLE consent.prompts (
    subject_id uuid NOT NULL,
    purpose text NOT NULL,
    shown_at timestamptz NOT NULL,
    PRIMARY KEY (subject_id, purpose)
  );

  CREATE TABLE consent.preferences (
    subject_id uuid PRIMARY KEY,
    is_positioning_on boolean NOT NULL,
    positioning_changed_at timestamptz,
    gpc_since timestamptz,
    gpc_cleared_at timestamptz
  );

  CREATE TABLE consent.positioning_changes (
    subject_id uuid NOT NULL,
    id uuid NOT NULL,
    is_on boolean NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (subject_id, id)
  );
  CREATE INDEX positioning_changes_at ON consent.positioning_changes (subject_id, at DESC);
`;

const figures = `
  CREATE TABLE consent.decision_counts (
    minute timestamptz NOT NULL,
    action text NOT NULL,
    purpose text NOT NULL,
    category text NOT NULL,
    code text NOT NULL,
    decisions bigint NOT NULL,
    PRIMARY KEY (minute, action, purpose, category, code)
  );

  CREATE TABLE consent.refusal_samples (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    action text NOT NULL,
    purpose text NOT NULL,
    category text NOT NULL,
    service text,
    recipient text,
    region text,
    code text NOT NULL,
    policy text,
    revision integer,
    clause_id text
  );
  CREATE INDEX refusal_samples_at ON consent.refusal_samples (at DESC, id DESC);

  CREATE TABLE consent.daily_figures (
    day date NOT NULL,
    purpose text NOT NULL,
    granted integer NOT NULL,
    withdrawn integer NOT NULL,
    subjects integer NOT NULL,
    PRIMARY KEY (day, purpose)
  );
`;

/** Events and receipts are append-only by grant: the app role may set and act on the end of their keeping, and nothing else (no trigger, so that the tables can be distributed). */
export class Consent1764000600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA consent');
    await runner.query(events);
    await runner.query(states);
    await runner.query(figures);
    await runner.query(`
      GRANT USAGE ON SCHEMA consent TO abide_app;
      GRANT SELECT, INSERT, DELETE, UPDATE (kept_until) ON consent.events, consent.receipts TO abide_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON
        consent.states, consent.prompts, consent.preferences, consent.decision_counts, consent.daily_figures TO abide_app;
      GRANT SELECT, INSERT, DELETE ON consent.positioning_changes, consent.refusal_samples TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA consent CASCADE');
  }
}
