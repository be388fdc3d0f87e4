/** One sentence for every code the API refuses with: what happened, what was kept, what to do. */
export const problems = {
  unreachable: 'The server cannot be reached. Nothing was changed; check the connection and try again.',
  unexpected: 'Something went wrong on this page. Nothing was changed; try again.',
  unknownCode: 'The server refused this ({{status}}).',
  reference: 'Reference: {{id}}',
  http: { 500: 'The server failed. Nothing was changed; try again later.', 502: 'The server is not available at the moment.', 503: 'The server is not available at the moment.' },
  session: {
    invalid_credentials: 'Email or password is not right.',
    expired: 'Your session has ended. Sign in again.',
    csrf: 'This page is out of date with your session. Reload it and try again.',
    step_up_required: 'This act needs your password again.',
  },
  operator: { forbidden: 'Your roles do not allow this. It needs the permission “{{permission}}”.' },
};
