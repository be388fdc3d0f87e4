export const overview = { parts: { holders: 'Holders outside' } };
export const frame = { entries: { holders: 'Holders outside' } };
export const settings = {
  permissions: {
    holder: { read: 'See the services outside that keep data', manage: 'Register, try, suspend and remove them' },
  },
};
export const changes = {
  kinds: {
    holderCreation: 'Register the holder “{{name}}”',
    holderRemoval: 'Remove the holder “{{name}}”',
    holderSecretReplacement: 'Replace the secret of “{{name}}”',
    holderResumption: 'Ask the holder “{{name}}” again',
    holderDatabaseChange: 'Change the manifest or connection of “{{name}}”',
  },
  follows: {
    holderCreation:
      'Confirmed, requests ask it from now on; whoever proposed a service can have its secret shown once. Rejected, nothing changes.',
    holderResumption: 'Confirmed, it is asked for what it owes at once. Rejected, it stays suspended.',
    holderRemoval:
      'Confirmed, it is asked nothing more, for good, and what requests wait for there is a task for a person. Rejected, it stays.',
    holderSecretReplacement:
      'Confirmed, whoever proposed it can have the new secret shown, once; from then on the former one counts for another day. Rejected, the secret stays.',
    holderDatabaseChange: 'Confirmed, it is asked by them at once. Rejected, everything stays.',
  },
  fields: { baseUrl: 'Address', networks: 'Networks', categories: 'Kinds of data' },
  holder: {
    which: 'Holder',
    show: 'See it',
    why: 'Why',
    decided: 'Requests that wait for it now',
    undecided: 'Requests not decided yet that name it',
  },
};
export const acts = {
  holder: {
    registered: 'Holder outside registered',
    secretShown: 'Secret of a holder shown',
    secretReplacementAgreed: 'Replacing the secret of a holder agreed to',
    secretReplaced: 'Secret of a holder replaced',
    suspended: 'Holder suspended',
    resumed: 'Holder asked again',
    removed: 'Holder removed',
    databaseChanged: 'Manifest or connection of a database changed',
    moved: 'Holder moved to another port',
    schemaChanged: 'Database no longer as its manifest says',
    shadowed: 'Erasure tried in a database',
  },
};
export const objects = { holder: 'Holder outside' };
export const problems = {
  holder: {
    not_found: 'There is no such holder.',
    code_taken: 'A holder has this code, or had it. Choose another.',
    bad_address: 'An address begins with https://, and has no password, question mark or #.',
    cannot_answer: 'Name a role that answers requests, or operators who do. Nothing was proposed.',
    bad_network: 'A network looks like 10.0.0.0/8 or fd00::/8.',
    bad_database: 'A connection looks like postgres://user:password@host:5432/database, with ?sslmode= at most.',
    networks_needed: 'Name the networks that the database lies in.',
    bad_manifest: 'The manifest cannot be used as it is. Nothing was kept.',
    no_database: 'The holder is no database. Nothing was changed.',
    signs_nothing: 'Only a service signs with a secret of ours; databases and people do not. Nothing was changed.',
    no_answer: 'The database gave no answer that counts. Nothing was changed there.',
    manifest: {
      tooLong: 'is too long',
      notYaml: 'is no YAML that could be read',
      gap: 'is still unknown',
      unknownField: 'is no word of a manifest',
      wrongValue: 'has a value that cannot be',
      duplicate: 'stands there twice',
      unknownTable: 'names a table that the manifest does not have',
      unknownColumn: 'is no column that the table has here',
      foreignSchema: 'is of a schema that the manifest is not about',
      circle: 'goes round in circles',
      order: 'has to come before the table that it is found by',
      notPersonal: 'holds nothing personal',
      noErasure: 'says nothing, or too much, about erasing',
      noKinds: 'hold nothing personal at all',
    },
    state: 'The holder is not at a point where this can be done. Nothing was changed.',
    no_secret_due:
      'No secret waits here for you. It is shown once, to whoever proposed the holder or that its secret is replaced.',
    unproven: 'The answer is not signed as it should be. Nothing was taken.',
    not_waited_for: 'Nobody waits for this answer.',
  },
};
