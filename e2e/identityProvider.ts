/** A real OpenID Connect provider on this machine, for one story. It believes whoever says who they are. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";

export interface Person {
  email: string;
  email_verified: boolean;
  /** Whom the provider means by the address. */
  sub: string;
}

export interface IdentityProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** By the address that they enter. */
  people: Map<string, Person>;
  close: () => Promise<void>;
}

const CLIENT = { client_id: "trellis", client_secret: "a secret of the test's own & odd: %/+" };

/** @param redirectUri of the system that signs people in there */
export async function startProvider(redirectUri: string): Promise<IdentityProvider> {
  const people = new Map<string, Person>();
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://localhost:${String((server.address() as AddressInfo).port)}`;
  const provider: Provider = new Provider(issuer, {
    clients: [{ ...CLIENT, redirect_uris: [redirectUri], response_types: ["code"] }],
    claims: { email: ["email", "email_verified"] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, accountId) => ({
      accountId,
      claims: () => ({
        ...[...people.values()].find(({ sub }) => sub === accountId),
        sub: accountId,
      }),
    }),
    // Whoever comes has agreed already.
    loadExistingGrant: async ({ oidc }) => {
      const { client, session } = oidc;
      const grant = new provider.Grant({
        ...{ clientId: client?.clientId ?? "", accountId: session?.accountId ?? "" },
      });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  });
  const handle = provider.callback();
  server.on("request", (request, response) => {
    if (request.url?.startsWith("/interaction/") !== true) {
      void handle(request, response);
      return;
    }
    void provider.interactionDetails(request, response).then(({ params }) => {
      const accountId = people.get(String(params.login_hint))?.sub ?? "nobody";
      return provider.interactionFinished(request, response, { login: { accountId } });
    });
  });
  return {
    ...{ issuer, people, clientId: CLIENT.client_id, clientSecret: CLIENT.client_secret },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
