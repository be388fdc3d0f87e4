import { readdirSync, watch } from 'node:fs';
import { join } from 'node:path';

const settleMilliseconds = 100;
/** Tests run by themselves, and files without an ending are an editor's own. */
const isNothingToRun = /\.(int-)?spec\.ts$|(^|\/)testing\/|(^|\/)[^.]*$|~$/;

/** The folders whose sources the API runs. */
export function serverSources(root) {
  const libraries = readdirSync(join(root, 'libs')).filter((name) => name !== 'client');
  return ['apps/api/src', 'apps/api/demo', ...libraries.map((name) => `libs/${name}/src`)].map((path) =>
    join(root, path),
  );
}

/** Calls `changed` once writing in the folders has settled. Answers how to stop. */
export function watchFolders(folders, changed) {
  let timer;
  const watchers = folders.map((folder) =>
    watch(folder, { recursive: true }, (_event, name) => {
      if (isNothingToRun.test((name ?? '').replaceAll('\\', '/'))) return;
      clearTimeout(timer);
      timer = setTimeout(changed, settleMilliseconds);
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
