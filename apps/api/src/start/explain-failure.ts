interface SystemError {
  readonly code?: string;
  readonly message?: string;
  readonly port?: number;
  readonly errors?: readonly unknown[];
}

/** One line on why the start failed and what to do, for the failures that people meet; never a password. */
export function explainFailure(error: unknown): string {
  const {
    code = '',
    message = String(error),
    port,
    errors,
  } = (typeof error === 'object' && error !== null ? error : {}) as SystemError;
  if (code === '' && errors?.[0]) return explainFailure(errors[0]);
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port ?? ''} is taken. Stop what listens there, or choose another: PORT=3001 npm start.`;
    case 'EACCES':
      return `Port ${port ?? ''} may not be used by this user. Choose one above 1023: PORT=3001 npm start.`;
    case 'ECONNREFUSED':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
      return 'DATABASE_URL: no PostgreSQL answers at this host and port. Start the server there, or correct DATABASE_URL.';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'DATABASE_URL: this host name is not known. Correct DATABASE_URL.';
    case '28P01':
    case '28000':
      return 'DATABASE_URL: the server refuses this user or password. Correct DATABASE_URL.';
    case '3D000':
      return 'DATABASE_URL: this database does not exist on the server. Create it, or correct DATABASE_URL.';
    case '42501':
      return 'DATABASE_URL: this user may not create schemas or roles. Name an owner in DATABASE_MIGRATOR_URL.';
    default:
      return message;
  }
}
