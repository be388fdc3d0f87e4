import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Subjects1764000302000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE identity.subjects (
        subject_id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('person', 'enterprise', 'device')),
        status text NOT NULL CHECK (status IN ('pendingGuardian', 'active', 'closed')),
        minor_status text NOT NULL CHECK (minor_status IN ('adult', 'under18', 'under14', 'unknown')),
        locale text NOT NULL CHECK (locale IN ('zh-CN', 'en')),
        contact_person_id uuid,
        guardian_advised_at timestamptz,
        guardian_confirmed_at timestamptz,
        is_restricted boolean NOT NULL DEFAULT false,
        registered_at timestamptz NOT NULL,
        version integer NOT NULL
      );

      CREATE TABLE identity.identifiers (
        subject_id uuid NOT NULL,
        type text NOT NULL CHECK (type IN ('phone', 'email')),
        value bytea NOT NULL,
        created_at timestamptz NOT NULL,
        confirmed_at timestamptz,
        PRIMARY KEY (subject_id, type)
      );

      CREATE TABLE identity.profile_fields (
        subject_id uuid NOT NULL,
        field text NOT NULL,
        category text NOT NULL,
        value bytea NOT NULL,
        blind_index bytea,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (subject_id, field)
      );
      CREATE INDEX profile_fields_blind_index ON identity.profile_fields (blind_index) WHERE blind_index IS NOT NULL;

      CREATE TABLE identity.credentials (
        subject_id uuid PRIMARY KEY,
        password_hash text NOT NULL,
        changed_at timestamptz NOT NULL
      );

      CREATE TABLE identity.device_links (
        subject_id uuid NOT NULL,
        device_id uuid NOT NULL,
        linked_at timestamptz NOT NULL,
        PRIMARY KEY (subject_id, device_id)
      );
      CREATE INDEX device_links_device ON identity.device_links (device_id);

      CREATE TABLE identity.pending_registrations (
        subject_id uuid PRIMARY KEY,
        state text NOT NULL CHECK (state IN ('awaitingCode', 'awaitingGuardian')),
        payload bytea NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX pending_registrations_expires_at ON identity.pending_registrations (expires_at);

      CREATE TABLE identity.verifications (
        subject_id uuid NOT NULL,
        id uuid NOT NULL,
        act text NOT NULL CHECK (act IN ('registration', 'guardianConsent', 'signIn', 'passwordReset', 'identifierChange')),
        channel text NOT NULL CHECK (channel IN ('email', 'sms')),
        target bytea,
        code_hash bytea NOT NULL,
        tries integer NOT NULL,
        sends integer NOT NULL,
        is_decoy boolean NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        used_at timestamptz,
        PRIMARY KEY (subject_id, id)
      );
      CREATE INDEX verifications_id ON identity.verifications (id);
      CREATE INDEX verifications_ends_at ON identity.verifications (ends_at);

      CREATE TABLE identity.subject_sessions (
        subject_id uuid NOT NULL,
        id uuid NOT NULL,
        method text NOT NULL CHECK (method IN ('password', 'code', 'device')),
        created_at timestamptz NOT NULL,
        last_used_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        ended_at timestamptz,
        PRIMARY KEY (subject_id, id)
      );
      CREATE INDEX subject_sessions_expires_at ON identity.subject_sessions (expires_at);

      CREATE TABLE identity.session_tokens (
        subject_id uuid NOT NULL,
        token_hash bytea NOT NULL,
        session_id uuid NOT NULL,
        issued_at timestamptz NOT NULL,
        used_at timestamptz,
        PRIMARY KEY (subject_id, token_hash)
      );
      CREATE INDEX session_tokens_session ON identity.session_tokens (subject_id, session_id);
      CREATE INDEX session_tokens_used_at ON identity.session_tokens (used_at) WHERE used_at IS NOT NULL;

      CREATE TABLE identity.sign_ins (
        subject_id uuid NOT NULL,
        id uuid NOT NULL,
        at timestamptz NOT NULL,
        method text NOT NULL,
        address bytea NOT NULL,
        client bytea NOT NULL,
        PRIMARY KEY (subject_id, id)
      );
      CREATE INDEX sign_ins_at ON identity.sign_ins (at);

      GRANT SELECT, INSERT, UPDATE, DELETE ON
        identity.subjects, identity.identifiers, identity.profile_fields, identity.credentials, identity.device_links,
        identity.pending_registrations, identity.verifications, identity.subject_sessions, identity.session_tokens, identity.sign_ins
        TO abide_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE identity.subjects, identity.identifiers, identity.profile_fields, identity.credentials, identity.device_links,
        identity.pending_registrations, identity.verifications, identity.subject_sessions, identity.session_tokens, identity.sign_ins
    `);
  }
}
