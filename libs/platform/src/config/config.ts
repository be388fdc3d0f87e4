import { z } from 'zod';

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const port = z.coerce.number().int().min(0).max(65535);
const origins = z.string().transform((value, context) =>
  value
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((origin) => {
      if (!URL.canParse(origin) || new URL(origin).origin !== origin)
        context.addIssue({
          code: 'custom',
          message: `expected origins such as https://app.example.com, not ${origin}`,
        });
      return origin;
    }),
);
const pair = z.string().regex(/^[^:\s]+:.+$/, 'expected name:secret');

const environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PORT: port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  ABIDE_ROLE: z.enum(['web', 'worker', 'all']).default('all'),
  ABIDE_DATA_DIR: z.string().min(1).default('.abide'),
  ABIDE_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  ABIDE_REQUEST_PAGE: z.url({ protocol: /^https?$/ }).optional(),
  ABIDE_TRUSTED_PROXY: z.string().optional(),
  ABIDE_CLIENT_ORIGINS: origins.optional(),
  ABIDE_METRICS_TOKEN: z.string().min(16).optional(),
  ABIDE_DOCS: flag.optional(),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'expected postgres://…'),
  DATABASE_MIGRATOR_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'expected postgres://…')
    .optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(20),
  ABIDE_KEY_FILE: z.string().min(1).optional(),
  ABIDE_BOOTSTRAP_OPERATOR: pair.optional(),
  ABIDE_BOOTSTRAP_CLIENT: pair.optional(),
  ABIDE_SECOND_FACTOR: z.enum(['required', 'off']).optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'expected smtp://… or smtps://…')
    .optional(),
  SMTP_FROM: z.string().default('Abide <no-reply@abide.example>'),
  SMS_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  SMS_WEBHOOK_SECRET: z.string().min(16).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  ABIDE_CONTROLLER_NAME: z.string().min(1).max(200).default('Abide'),
  ABIDE_CONTROLLER_ADDRESS: z.string().min(1).max(500).default('not stated'),
  ABIDE_UNSEEN_OVERDUE: z.coerce.number().int().min(0).default(10_000),
  ABIDE_DEMO: flag.optional(),
});

export type Environment = z.output<typeof environment>;

/** Every setting of the product, read once at boot; the injection token for it as well. */
export class Config {
  constructor(private readonly values: Environment) {}

  get<Key extends keyof Environment>(key: Key): Environment[Key] {
    return this.values[key];
  }

  get isProduction(): boolean {
    return this.values.NODE_ENV === 'production';
  }

  get migratorUrl(): string {
    return this.values.DATABASE_MIGRATOR_URL ?? this.values.DATABASE_URL;
  }

  /** The address people reach the product at, without a trailing slash. */
  get publicUrl(): string {
    return (this.values.ABIDE_PUBLIC_URL ?? `http://localhost:${this.values.PORT}`).replace(/\/$/, '');
  }

  /** Where people see in the operator's own app how a request of theirs stands; null where nobody said. */
  requestPage(id: string): string | null {
    return this.values.ABIDE_REQUEST_PAGE?.replace('{id}', id) ?? null;
  }

  /** Web pages of client apps that may call the API from a browser. */
  get clientOrigins(): readonly string[] {
    return this.values.ABIDE_CLIENT_ORIGINS ?? [];
  }

  /** Whether anybody may read the API's description: in production only where it is asked for. */
  get showsDocs(): boolean {
    return this.values.ABIDE_DOCS ?? !this.isProduction;
  }

  get runsWeb(): boolean {
    return this.values.ABIDE_ROLE !== 'worker';
  }

  get runsJobs(): boolean {
    return this.values.ABIDE_ROLE !== 'web';
  }
}

/** Thrown at boot; the message names every variable that is missing or wrong, never its value. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * Reads the configuration from `env` (usually `process.env`). Empty strings count as absent.
 * @throws ConfigError naming every bad variable.
 */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(present);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`The configuration cannot be used. Correct these variables:\n${lines.join('\n')}`);
  }
  const { NODE_ENV, SMS_WEBHOOK_URL, SMS_WEBHOOK_SECRET } = parsed.data;
  if (SMS_WEBHOOK_URL && !SMS_WEBHOOK_SECRET) {
    throw new ConfigError('SMS_WEBHOOK_SECRET: needed to sign what is sent to SMS_WEBHOOK_URL');
  }
  if (NODE_ENV === 'production') requireProductionSafety(parsed.data);
  return new Config(parsed.data);
}

function requireProductionSafety(values: Environment): void {
  const wrong: string[] = [];
  if (!values.ABIDE_PUBLIC_URL?.startsWith('https://'))
    wrong.push('ABIDE_PUBLIC_URL: must be an https:// address in production');
  if (!values.ABIDE_TRUSTED_PROXY)
    wrong.push('ABIDE_TRUSTED_PROXY: name the address of the proxy that ends TLS, in production');
  if (!values.ABIDE_KEY_FILE) wrong.push('ABIDE_KEY_FILE: must name the file of the master key in production');
  if (values.SMTP_URL && mayTravelPlainly(values.SMTP_URL))
    wrong.push(
      'SMTP_URL: e-mail must travel over TLS in production: smtps://, or smtp:// with STARTTLS, and a certificate that is checked',
    );
  if (values.SMS_WEBHOOK_URL && !values.SMS_WEBHOOK_URL.startsWith('https://'))
    wrong.push('SMS_WEBHOOK_URL: must be an https:// address in production');
  if (wrong.length > 0)
    throw new ConfigError(
      `Not safe for production. Correct these variables:\n${wrong.map((w) => `  ${w}`).join('\n')}`,
    );
}

/** Options in the address that would let a relay do without TLS, or anybody pretend to be it. */
function mayTravelPlainly(smtpUrl: string): boolean {
  const { searchParams } = new URL(smtpUrl);
  const isSet = (name: string, value: string) =>
    searchParams.getAll(name).some((given) => given.toLowerCase() === value);
  return (
    isSet('ignoreTLS', 'true') ||
    isSet('ignoreTLS', '1') ||
    isSet('opportunisticTLS', 'true') ||
    isSet('requireTLS', 'false') ||
    isSet('secure', 'false') ||
    [...searchParams.keys()].some((name) => name.startsWith('tls.'))
  );
}
