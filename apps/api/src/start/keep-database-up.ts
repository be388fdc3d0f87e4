import type { EmbeddedDatabase } from './embedded-database.js';

const lookMilliseconds = 500;

/**
 * Looks after the embedded server: where it was killed it is started again at its address, so that the API finds it there. `giveUp` is called
 * with why, when it cannot be. Answers how to stop looking, which waits for a start that is under way.
 */
export function keepDatabaseUp(
  database: Pick<EmbeddedDatabase, 'restartIfKilled'>,
  giveUp: (error: unknown) => void,
): () => Promise<void> {
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      if (await database.restartIfKilled())
        process.stderr.write('The embedded database ended unexpectedly; it was started again.\n');
      if (!isOver) wait();
    } catch (error) {
      if (!isOver) giveUp(error);
    }
  };
  const wait = (): void => {
    timer = setTimeout(() => (looking = look()), lookMilliseconds).unref();
  };
  wait();
  return () => {
    isOver = true;
    clearTimeout(timer);
    return looking;
  };
}
