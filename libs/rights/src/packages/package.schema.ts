const text = { type: 'string' } as const;
const moment = { type: 'string', format: 'date-time' } as const;
const textList = { type: 'array', items: text } as const;

function shape(properties: object, optional: object = {}): object {
  return { type: 'object', required: Object.keys(properties), properties: { ...properties, ...optional } };
}

/** What data.json of a package looks like (JSON Schema 2020-12); the columns of data.csv are those of a record, `values` as JSON. */
export const packageSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Personal data of one person',
  ...shape({
    request: { ...text, description: 'The number of the request' },
    madeAt: moment,
    categories: {
      type: 'array',
      description: 'Why each kind of data is held, in the language of the person',
      items: shape({
        category: { ...text, description: 'The code that records name' },
        name: text,
        since: { anyOf: [moment, { type: 'null' }] },
        until: { anyOf: [moment, { type: 'null' }], description: 'When the last of what has a date falls due' },
        purposes: textList,
        retention: textList,
        law: { ...textList, description: 'What else it is kept on: what the law has kept, and proof' },
        recipients: { ...textList, description: 'Whom the clauses in force let it go to' },
        clauses: {
          type: 'array',
          description: 'As they were worded in the revision that the records rest on; the body is Markdown',
          items: shape({
            policy: text,
            revision: { type: 'integer', minimum: 1 },
            clauseId: text,
            title: text,
            heading: text,
            body: text,
          }),
        },
      }),
    },
    records: {
      type: 'array',
      items: shape(
        {
          holder: { ...text, description: 'Which part of the platform keeps it' },
          category: text,
          since: moment,
          values: { type: 'object', description: 'Depends on the kind of data' },
        },
        { redacted: { type: 'boolean', description: 'What identifies other people in it is masked' } },
      ),
    },
  }),
};
