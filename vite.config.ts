import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Where `npm run dev` has started the deployment; a build knows none (`/config.json`, docs/decisions/004). */
const { TRELLIS_CONVEX_URL: convexUrl = "", TRELLIS_SITE_URL: siteUrl = "" } = process.env;
const proxied = { target: siteUrl, changeOrigin: true };

/** `/config.json` of the development server: elsewhere the web server answers it. */
const runtimeConfig: Plugin = {
  name: "trellis-runtime-config",
  configureServer(server) {
    server.middlewares.use("/config.json", (_request, response) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ convexUrl }));
    });
  },
};

/** `/precache.json`: the files that the service worker keeps, so that the app opens without a network. */
const precache: Plugin = {
  name: "trellis-precache",
  apply: "build",
  generateBundle(_options, bundle) {
    const assets = Object.keys(bundle)
      .filter((name) => /^assets\/.*\.(?:js|css|woff2)$/u.test(name))
      // A PDF is made of what the server says; half a megabyte for nothing otherwise.
      .filter((name) => !name.startsWith("assets/pdf.worker"))
      .map((name) => `/${name}`);
    const files = [...assets, "/color-scheme.js", "/icon.svg", "/manifest.webmanifest"].sort();
    this.emitFile({ type: "asset", fileName: "precache.json", source: JSON.stringify(files) });
  },
};

export default defineConfig({
  plugins: [
    tanstackRouter({
      target: "react",
      routesDirectory: "src/routes",
      generatedRouteTree: "src/routeTree.gen.ts",
      autoCodeSplitting: true,
    }),
    react(),
    runtimeConfig,
    precache,
  ],
  server: {
    host: "localhost",
    // Sign-in and documents belong to the web app's own origin, as in production.
    ...(siteUrl === "" ? {} : { proxy: { "/api/auth": proxied, "/api/documents": proxied } }),
  },
  build: {
    target: "es2023",
    // `npm run size` reads it.
    manifest: true,
    // The content security policy allows no data: scripts, and small files are cheap over one connection.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Without groups every shared module is a file of its own: forty requests before anything is seen.
          groups: [
            {
              name: "framework",
              // The virtualised list is for the pages that have one.
              test: /node_modules[\\/](react|react-dom|scheduler|convex|@convex-dev|@tanstack[\\/](?!virtual-core|react-virtual)[^\\/]+|i18next|react-i18next|better-auth|@better-auth|@better-fetch|nanostores)[\\/]/,
              priority: 2,
            },
            // What most routes use. With less in common, pages would load components that they do not show.
            {
              name: "components",
              // Fields and tables are for those who edit, menus load after the page: families come without them.
              test: /node_modules[\\/]@?(mantine(?!.*[\\/](Checkbox|Combobox|Drawer|FileButton|Menu|MultiSelect|NumberInput|Pill|PillsInput|Popover|Radio|Select|Switch|Table|Textarea)[\\/])|tabler)/,
              minShareCount: 8,
              priority: 1,
            },
            // What an address needs before its page is loaded: little for each, but forty files and requests of it.
            { name: "routes", test: /src[\\/]routes[\\/][^?]+\.tsx$/ },
            {
              name: "app",
              // What is judged and reported is for the pages that show it.
              test: /src[\\/](ui[\\/](?!fields|SearchChoice|VirtualRows)|lib[\\/](?!StaffChoice)|texts)|convex[\\/](domain(?![\\/](progress|reports))|_generated)/,
              minShareCount: 8,
            },
          ],
        },
      },
    },
  },
});
