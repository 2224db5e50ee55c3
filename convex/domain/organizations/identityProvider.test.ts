import { expect, test } from "vitest";
import { checkIdentityProvider, emailDomain, isProviderAddress } from "./identityProvider";

const VALUES = {
  ...{ issuer: "https://login.maple.example", clientId: "trellis", enabled: true },
  ...{ emailDomains: ["maple.example"], required: false },
};
const problemsOf = (change: Partial<typeof VALUES>) =>
  checkIdentityProvider({ ...VALUES, ...change }, false).map(
    ({ field, code }) => `${field}: ${code}`,
  );

test.each<[string, Partial<typeof VALUES>, string[]]>([
  ["complete", {}, []],
  ["not encrypted", { issuer: "http://login.maple.example" }, ["issuer: notAnAddress"]],
  ["no domain", { emailDomains: [] }, ["emailDomains: empty"]],
  ["a domain twice", { emailDomains: ["a.example", "a.example"] }, ["emailDomains: duplicate"]],
  ["an address", { emailDomains: ["x@maple.example"] }, ["emailDomains: notADomain"]],
  ["a whole country", { emailDomains: ["com"] }, ["emailDomains: notADomain"]],
  ["everybody's", { emailDomains: ["gmail.com"] }, ["emailDomains: publicDomain"]],
  ["required, and off", { enabled: false, required: true }, ["required: needsEnabled"]],
])("%s", (_name, change, problems) => {
  expect(problemsOf(change)).toEqual(problems);
});

test("what stands beside the server is not asked", () => {
  const beside = [
    ...["http://localhost:8080", "https://localhost", "https://127.0.0.1", "https://[::1]"],
    ...["https://10.0.0.1", "https://169.254.169.254", "https://[fd00::1]", "https://database"],
    ...["https://2130706433", "https://me:secret@maple.example", "ftp://maple.example", "nothing"],
    ...["https://metadata.google.internal", "https://printer.local", "https://x.localhost"],
    ...["https://127.0.0.1.", "https://database.", "https://metadata.google.internal."],
    "https://localhost.",
  ];
  expect(beside.filter((address) => isProviderAddress(address, false))).toEqual([]);
  expect(beside.filter((address) => isProviderAddress(address, true))).toEqual(
    beside.slice(0, 4).concat("https://2130706433", "https://127.0.0.1.", "https://localhost."),
  );
  expect(isProviderAddress("https://login.maple.example.", false)).toBe(true);
  expect(isProviderAddress("https://internal.maple.example", false)).toBe(true);
});

test("the domain is what follows the last at sign", () => {
  expect(emailDomain("Ana@Maple.Example ")).toBe("maple.example");
  expect(emailDomain('"a@evil.example"@maple.example')).toBe("maple.example");
});
