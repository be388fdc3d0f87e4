/** Keeps the page's own files, so that it opens without a network. What the API answers is never kept. */
const cacheName = 'abide-sample';
const files = ['/sample/', '/sample/sample.js', '/sample/sample.css', '/sample/icon.svg'];

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(files)));
});

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.method !== 'GET' || !files.includes(pathname)) return;
  event.respondWith(fresh(event.request, pathname));
});

/** As it is on the server; as it was last seen where the server cannot be reached. */
async function fresh(request, pathname) {
  const cache = await caches.open(cacheName);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(pathname, answer.clone());
    return answer;
  } catch {
    return (await cache.match(pathname)) ?? Response.error();
  }
}
