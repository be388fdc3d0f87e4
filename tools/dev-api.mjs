import { fork } from 'node:child_process';
import { join } from 'node:path';

/** The API of `npm run dev`: a child process that runs the sources, and is started anew when one changes. */
export class DevApi {
  #root;
  #env;
  #child;
  #start = Promise.resolve(false);
  #restart;
  #isChanged = false;
  #isStopped = false;

  constructor(root, env) {
    this.#root = root;
    this.#env = env;
  }

  /** Resolves with whether the API answers, once a start that is under way has ended. */
  async isUp() {
    await this.#restart;
    return (await this.#start) && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async start() {
    const entry = join(this.#root, 'apps/api/src/start/dev.ts');
    const child = fork(entry, { cwd: this.#root, env: this.#env, stdio: 'inherit' });
    this.#child = child;
    this.#start = new Promise((done) => {
      child.once('message', () => done(true));
      child.once('exit', () => done(false));
    });
    child.once('exit', () => this.#sayThatItWaits(child));
    return this.#start;
  }

  /** Lets a start that is under way end first, so that no demo is cut off while it is loaded. */
  restart() {
    this.#isChanged = true;
    this.#restart ??= this.#restartUntilUnchanged().finally(() => (this.#restart = undefined));
    return this.#restart;
  }

  async #restartUntilUnchanged() {
    while (this.#isChanged && !this.#isStopped) {
      await this.#start;
      this.#isChanged = false;
      const startedAt = Date.now();
      await this.#end();
      if (this.#isStopped || !(await this.start())) continue;
      console.log(`The API runs again, after ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
    }
  }

  async stop() {
    this.#isStopped = true;
    await this.#end();
  }

  async #end() {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.removeAllListeners('exit');
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
  }

  #sayThatItWaits(child) {
    if (child === this.#child) console.error('The API has ended; it starts again with the next change.');
  }
}
