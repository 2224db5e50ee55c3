import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./ui/global.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { connect } from "./lib/convexClient";
import { preferredLanguage, startI18n } from "./lib/i18n";
import { startServiceWorker } from "./lib/offline/worker";

const element = document.getElementById("root");
if (element === null) throw new Error("index.html has no #root");
const root = createRoot(element);
startServiceWorker();

try {
  const [client] = await Promise.all([connect(), startI18n(preferredLanguage())]);
  root.render(
    <StrictMode>
      <App client={client} />
    </StrictMode>,
  );
} catch {
  // Without its words and its server nothing can be shown but this, in both languages.
  root.render(
    <main style={{ padding: "2rem", fontFamily: "system-ui" }} role="alert">
      <p>Trellis could not be loaded. Check the connection and load the page again.</p>
      <p lang="es">No se pudo cargar Trellis. Revise la conexión y vuelva a cargar la página.</p>
    </main>,
  );
}
