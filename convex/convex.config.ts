import aggregate from "@convex-dev/aggregate/convex.config.js";
import betterAuth from "@convex-dev/better-auth/convex.config";
import prosemirrorSync from "@convex-dev/prosemirror-sync/convex.config.js";
import rateLimiter from "@convex-dev/rate-limiter/convex.config.js";
import { defineApp } from "convex/server";

const app = defineApp();
app.use(betterAuth);
app.use(rateLimiter);
app.use(prosemirrorSync);
app.use(aggregate, { name: "studentCounts" });

export default app;
