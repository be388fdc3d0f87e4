import { appRole } from './data-source.js';

export const jobsSchema = 'jobs';

/** The app role works with jobs but does not own their tables. */
export const grantJobsSchema = `
  GRANT USAGE ON SCHEMA ${jobsSchema} TO ${appRole};
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${jobsSchema} TO ${appRole};
  GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${jobsSchema} TO ${appRole};
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${jobsSchema} TO ${appRole};
`;
