// The application without a network: its own files, and nothing else. What the server says about a child is never kept
// here (docs/decisions/018); `/api/` is not even looked at.
const CACHE = "trellis-app";
const PAGE = "/";

/** The files that the build named, and the page that begins with them. */
async function refresh() {
  const cache = await caches.open(CACHE);
  const response = await fetch("/precache.json", { cache: "no-cache" });
  if (!response.ok) throw new Error(`precache.json: ${response.status}`);
  const files = await response.json();
  const wanted = new Set(files.map((file) => new URL(file, self.location.origin).href));
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  await cache.addAll([...wanted].filter((url) => !kept.has(url)));
  // After its files: a page that is kept always finds them.
  await cache.addAll([PAGE, "/config.json"]);
  const assets = new URL("/assets/", self.location.origin).href;
  for (const url of kept) if (url.startsWith(assets) && !wanted.has(url)) await cache.delete(url);
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(refresh());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener("message", (event) => {
  if (event.data === "refresh") event.waitUntil(refresh().catch(() => undefined));
});

/** The network's answer, kept for the day without it. */
async function networkFirst(request, key) {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(key, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(key);
    if (kept !== undefined) return kept;
    throw error;
  }
}

/** Names of these files change with their content: what is kept is right. */
async function cacheFirst(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept !== undefined) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/api/")) return;
  if (request.mode === "navigate") event.respondWith(networkFirst(request, PAGE));
  else if (url.pathname === "/config.json")
    event.respondWith(networkFirst(request, "/config.json"));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(cacheFirst(request));
  else if (["/color-scheme.js", "/icon.svg", "/manifest.webmanifest"].includes(url.pathname))
    event.respondWith(networkFirst(request, url.pathname));
});
