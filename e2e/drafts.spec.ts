import { expect, signIn, test, unique } from "./actors.ts";

test("a reason that is being typed when the session ends is there after signing in again", async ({
  open,
}) => {
  const admin = await open("foreignAdmin");
  await admin.getByRole("link", { name: "Students" }).click();
  await admin.getByRole("link", { name: /^Harper/ }).click();
  await expect(admin.getByRole("heading", { level: 1 })).toBeVisible();
  const address = admin.url();
  await admin.getByRole("button", { name: "Place a hold" }).click();
  const reason = `A request of the court ${unique()}`;
  await admin.getByRole("dialog").getByRole("textbox", { name: "Reason" }).fill(reason);

  await admin.context().clearCookies();
  await admin.reload();
  await expect(admin.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await signIn(admin, "foreignAdmin");
  await expect(admin).toHaveURL(address);
  await admin.getByRole("button", { name: "Place a hold" }).click();
  const dialog = admin.getByRole("dialog");
  await expect(dialog.getByRole("textbox", { name: "Reason" })).toHaveValue(reason);
  await expect(dialog.getByText("What you typed before was kept")).toBeVisible();
  // Given up by choice, it is gone.
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await admin.getByRole("button", { name: "Place a hold" }).click();
  await expect(dialog.getByRole("textbox", { name: "Reason" })).toHaveValue("");
});
