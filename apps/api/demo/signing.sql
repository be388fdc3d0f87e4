-- The database of the demo's signing service. Everybody and everything in it is invented; addresses end in example.com, telephone numbers are assigned to nobody.
CREATE SCHEMA signing;
CREATE TABLE signing.signers (
  id bigint PRIMARY KEY,
  name text NOT NULL,
  email text,
  phone text,
  is_restricted boolean NOT NULL DEFAULT false,
  created_at timestamp NOT NULL
);
CREATE TABLE signing.contracts (
  id bigint PRIMARY KEY,
  title text NOT NULL,
  state text NOT NULL,
  expires_at timestamptz,
  created_at timestamp NOT NULL
);
CREATE TABLE signing.contract_signers (
  contract_id bigint NOT NULL REFERENCES signing.contracts,
  signer_id bigint NOT NULL REFERENCES signing.signers,
  PRIMARY KEY (contract_id, signer_id)
);
-- Printed and sent by another system long ago, hence without a foreign key.
CREATE TABLE signing.letters (number text PRIMARY KEY, signer bigint, address text NOT NULL, summary text NOT NULL);
CREATE TABLE signing.templates (id bigint PRIMARY KEY, title text NOT NULL);
CREATE TABLE signing.abide_ledger (
  request_id text,
  operation text,
  answer jsonb,
  done_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (request_id, operation)
);

INSERT INTO signing.signers VALUES
  (1, '林小禾', 'lin.xiaohe@example.com', '10000000001', false, '2026-02-03 10:15'),
  (2, '陈远', 'chen.yuan@example.com', '10000000002', false, '2026-03-12 09:40'),
  (3, 'Amy Field', 'amy.field@example.com', NULL, false, '2026-05-20 16:05');
INSERT INTO signing.contracts VALUES
  (101, '雾港路公寓租赁合同', 'signed', '2031-02-03T02:30:00Z', '2026-02-03 10:30'),
  (102, '滨江剧场年票协议', 'signed', '2031-06-01T04:00:00Z', '2026-06-01 12:00'),
  (103, '劳动合同', 'signed', '2031-03-12T01:55:00Z', '2026-03-12 09:55');
INSERT INTO signing.contract_signers VALUES (101, 1), (102, 1), (103, 2);
INSERT INTO signing.letters VALUES
  ('SD-2026-0417', 1, '虚构省雾港市灯塔街道1号', '租赁合同签署通知'),
  ('SD-2026-0533', 2, '虚构省雾港市码头街道8号', '劳动合同签署通知');
INSERT INTO signing.templates VALUES (1, '租赁合同'), (2, '劳动合同');
