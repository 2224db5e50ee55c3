/// <reference types="vite/client" />
import type { ConformanceSuite } from "./adapter.ts";
import { convexTestDeployment } from "./convexTestDeployment.ts";

const suites = import.meta.glob<ConformanceSuite>("./*.conformance.ts", {
  eager: true,
  import: "default",
});
const deployment = convexTestDeployment();
for (const suite of Object.values(suites)) suite.register(deployment);
