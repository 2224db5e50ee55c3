/// <reference types="vite/client" />
import { expect, test } from "vitest";
import { api, internal } from "./_generated/api";
import { newApp } from "./testing/world.helpers";

const district = {
  ...{ name: "New District", timezone: "America/Denver", email: " First@District.example " },
  ...{ firstName: "Ada", lastName: "", language: "en" as const, maxUsers: 10, maxStudents: 10 },
};

test("the first administrator accepts the link and administers the new district alone", async () => {
  const app = newApp();
  const { link } = await app.mutation(internal.setup.createDistrict, district);
  const token = link.split("/").at(-1) ?? "";
  const first = app.withIdentity({
    ...{ subject: "auth-first", email: "first@district.example", sessionId: "one" },
  });
  expect(await first.query(api.invitations.getInvitation, { token })).toMatchObject({
    ...{ role: "admin", organizationName: "New District", status: "open" },
  });
  await first.mutation(api.invitations.acceptInvitation, { token });
  const user = await first.query(api.users.getCurrentUser, {});
  expect(user?.abilities["organization.editSettings"]).toBe(true);
  expect(await first.query(api.students.countStudents, {})).toBe(0);
});

test("a time zone that is none is refused", async () => {
  const call = newApp().mutation(internal.setup.createDistrict, {
    ...district,
    timezone: "Mars/Olympus",
  });
  await expect(call).rejects.toThrow(/unknownValue/u);
});
