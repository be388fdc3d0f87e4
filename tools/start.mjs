/**
 * `npm start`: builds what changed, then keeps the product running. The server is a child process: when it is killed
 * it is started again; Ctrl-C or SIGTERM lets it drain and ends everything. If this process itself is killed, the
 * child notices and stops too.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

const restartsAllowed = 5;
const withinMilliseconds = 60_000;
const server = fileURLToPath(new URL('../apps/api/dist/start/start.js', import.meta.url));

const restarts = [];
let child;
let isStopping = false;
let wasReady = false;

function run() {
  child = fork(server, process.argv.slice(2), { stdio: 'inherit' });
  child.on('message', (message) => {
    if (message === 'ready') wasReady = true;
  });
  child.on('exit', (code, signal) => {
    if (isStopping || code === 0) process.exit(code ?? 0);
    if (!wasReady) process.exit(code ?? 1);
    const now = Date.now();
    restarts.push(now);
    if (restarts.filter((at) => at > now - withinMilliseconds).length > restartsAllowed) {
      console.error('Abide ended again and again; giving up. The last lines above say why.');
      process.exit(1);
    }
    console.error(`Abide ended unexpectedly (${signal ?? `code ${code}`}); starting it again.`);
    setTimeout(run, 500);
  });
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    isStopping = true;
    if (child?.exitCode === null) child.kill('SIGTERM');
    else process.exit(0);
  });
}

build();
run();
