import { expect, test } from "vitest";
import { api } from "../testing/fixture/convex/_generated/api";
import { testIssuer } from "../testing/identities.ts";
import { describeConformance } from "./adapter.ts";

const ada = {
  subject: "ada",
  name: "Ada Lovelace",
  email: "ada@school.example",
  emailVerified: true,
  school: "Marylebone",
};
const identity = { ...ada, issuer: testIssuer, tokenIdentifier: `${testIssuer}|ada` };

export default describeConformance("identity", (deployment) => {
  test("nobody is null", async () => {
    expect(await deployment.query(api.identity.whoAmIInQuery)).toBeNull();
    expect(await deployment.mutation(api.identity.whoAmIInMutation)).toBeNull();
    expect(await deployment.action(api.identity.whoAmIInAction)).toBeNull();
  });

  test("a user has the attributes of the token", async () => {
    const user = deployment.asUser(ada);
    expect(await user.query(api.identity.whoAmIInQuery)).toEqual(identity);
    expect(await user.mutation(api.identity.whoAmIInMutation)).toEqual(identity);
    expect(await user.action(api.identity.whoAmIInAction)).toEqual(identity);
  });

  test("the identity goes along into inner calls", async () => {
    expect(await deployment.asUser(ada).action(api.identity.whoAmINested)).toBe(
      identity.tokenIdentifier,
    );
  });

  test("the identity stays out of components", async () => {
    expect(await deployment.asUser(ada).query(api.identity.whoAmIInComponent)).toBeNull();
  });

  test("an HTTP action sees it too", async () => {
    const response = await deployment.asUser(ada).fetchHttp("/whoami");
    expect(await response.json()).toEqual(identity);
    expect(await (await deployment.fetchHttp("/whoami")).json()).toBeNull();
  });

  test("two users at once are not mixed up", async () => {
    const subjects = Array.from({ length: 12 }, (_, i) => `user${i}`);
    const seen = await Promise.all(
      subjects.map((subject) => deployment.asUser({ subject }).action(api.identity.whoAmINested)),
    );
    expect(seen).toEqual(subjects.map((subject) => `${testIssuer}|${subject}`));
  });
});
