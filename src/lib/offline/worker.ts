/** The service worker: the application itself opens without a network. It never keeps an answer of the server. */
export function startServiceWorker(): void {
  // Modules of a development server change too often to be kept.
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const register = async () => {
    try {
      await navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "none" });
      const { active } = await navigator.serviceWorker.ready;
      // What a new version brought is fetched now, not when it is missed.
      active?.postMessage("refresh");
    } catch {
      // Without it the application needs a network to open, and works as before.
    }
  };
  if (document.readyState === "complete") void register();
  else window.addEventListener("load", () => void register(), { once: true });
}
