import pg from 'pg';

/** Where a process ends: at the statement of this number, from one on, of those that count. */
export interface End {
  readonly counts: 'commits' | 'statements';
  readonly at: number;
  /** Whether PostgreSQL had still done it. */
  readonly isDone: boolean;
}

interface Wired {
  readonly connection: { readonly stream: { destroy(): void } };
}

type Ask = (this: pg.Client & Wired, ...asked: unknown[]) => Promise<unknown>;

/**
 * Does `work` in a process that is killed at `end`: from then on none of its statements is sent, and what was open is rolled back.
 * Resolves to how many statements that count there were, and whether it got that far.
 */
export async function killedAt(
  end: End,
  work: () => Promise<unknown>,
): Promise<{ counted: number; isKilled: boolean }> {
  const client = pg.Client.prototype as unknown as { query: Ask };
  const { query } = client;
  let counted = 0;
  let isKilled = false;
  client.query = async function (...asked) {
    const isCounted = end.counts === 'statements' || textOf(asked[0]) === 'COMMIT';
    if (!isKilled && isCounted && ++counted === end.at) {
      isKilled = true;
      if (end.isDone) await query.apply(this, asked);
    }
    if (isKilled) this.connection.stream.destroy();
    return query.apply(this, asked);
  };
  try {
    await work();
  } catch (error) {
    if (!isKilled) throw error;
  } finally {
    client.query = query;
  }
  return { counted, isKilled };
}

function textOf(statement: unknown): unknown {
  return typeof statement === 'object' && statement !== null && 'text' in statement ? statement.text : statement;
}
