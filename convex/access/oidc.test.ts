/** What is read from an organization's provider. */
import { afterEach, expect, test, vi } from "vitest";
import { authorizationAddress, ProviderError } from "./oidc";

afterEach(() => vi.unstubAllGlobals());

const issuer = "https://login.maple.example";
const begin = (padding: number) => {
  const endpoints = { authorization_endpoint: `${issuer}/a`, token_endpoint: `${issuer}/t` };
  const document = { issuer, ...endpoints, jwks_uri: `${issuer}/k`, more: "x".repeat(padding) };
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(document))));
  return authorizationAddress(
    { issuer, clientId: "trellis" },
    { nonce: "n", verifier: "v" },
    { state: "s", redirectUri: "https://trellis.example/", email: "a@maple.example" },
  );
};

test("a provider's answer is read to a megabyte and no further", async () => {
  expect(await begin(900_000)).toContain(`${issuer}/a?`);
  await expect(begin(1_100_000)).rejects.toThrow(ProviderError);
});
