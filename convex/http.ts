import { httpRouter } from "convex/server";
import { authComponent, createAuth } from "./access/authentication";
import { download, upload } from "./access/documentRoutes";

const http = httpRouter();
authComponent.registerRoutes(http, createAuth);
http.route({ path: "/api/documents", method: "POST", handler: upload });
http.route({ path: "/api/documents", method: "GET", handler: download });

export default http;
